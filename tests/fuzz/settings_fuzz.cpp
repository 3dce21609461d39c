// Any text as a TOML file of settings, and each of its lines as --set, --inject and --kill take
// one.

#include "scenarios/session/inject.h"
#include "scenarios/session/place.h"
#include "scenarios/session/settings.h"
#include "scenarios/session/without.h"
#include "tests/fuzz/target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = fuzz::text_of(data, size);
  session::Settings settings;
  if (!session::apply_toml(settings, text, "fuzzed.toml")) session::check_settings(settings);
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    session::apply_setting(settings, line);
    session::inject(settings.machine, line);
    session::do_without(settings.without, line);
    session::parse_place(line);
  }
  session::check_settings(settings);
  return 0;
}
