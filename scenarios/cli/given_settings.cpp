// A TOML file's settings, then those of --set.

#include "scenarios/cli/given_settings.h"

#include <variant>

#include "scenarios/cli/input.h"

namespace cli {

using session::Failure;

std::optional<Failure> apply(const GivenSettings& given, session::Settings& settings) {
  if (given.machine != "textbook") {
    auto text = read_text(given.machine);
    if (auto* bad = std::get_if<Failure>(&text)) {
      return Failure{"--machine " + bad->message + " (--machine takes textbook or a TOML file)"};
    }
    if (auto bad = session::apply_toml(settings, std::get<std::string>(text), given.machine)) {
      return Failure{*bad};
    }
  }
  for (const std::string& set : given.sets) {
    if (auto bad = session::apply_setting(settings, set)) return Failure{"--set " + *bad};
  }
  if (auto bad = session::check_settings(settings)) return Failure{*bad};
  return std::nullopt;
}

}  // namespace cli
