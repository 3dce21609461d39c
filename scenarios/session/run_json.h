// Runs and their agreement as JSON, schema "pagewalk.run/1". docs/json.md documents every field.

#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "scenarios/session/reconcile.h"
#include "scenarios/session/run.h"
#include "scenarios/session/settings.h"

namespace session {

// What was run: the source lines give each step its text.
struct Source {
  std::string name;                                   // "program3.py"
  std::vector<std::string> lines;                     // without line ends
  std::string_view line(std::uint32_t number) const;  // 0: what happens at exit
};

// `agreement` is null when only one computer ran.
nlohmann::ordered_json to_json(const Source&, const Settings&, const std::vector<const Run*>& runs,
                               const Agreement* agreement);

// One line of --events.
nlohmann::ordered_json to_json(const Run&, std::uint32_t line, const sim::Event&);

}  // namespace session
