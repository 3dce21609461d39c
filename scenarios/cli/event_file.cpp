// Events as JSON lines.

#include "scenarios/cli/event_file.h"

#include <nlohmann/json.hpp>

#include "scenarios/session/run_json.h"

namespace cli {

void EventFile::tap(const session::Run& run, std::uint32_t line,
                    std::span<const sim::Event> events) {
  for (const sim::Event& event : events) out_ << session::to_json(run, line, event).dump() << '\n';
}

bool EventFile::finish() {
  out_.close();
  return out_.good();
}

}  // namespace cli
