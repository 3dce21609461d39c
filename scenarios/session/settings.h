// The settings of a run: from --set KEY=VALUE, from a TOML file, from a lesson's front matter.

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "real/mode.h"
#include "scenarios/session/without.h"
#include "sim/core/config.h"

namespace session {

// Whether every touch is kept, to be compared one by one.
enum class Trace : std::uint8_t { none, touches };

struct Settings {
  sim::MachineConfig machine;  // the textbook machine
  std::uint64_t max_steps = 100'000'000;
  std::chrono::seconds max_time{20};
  real::Mode mode = real::Mode::exact;  // of the real computer: --mode
  Without without;                      // of the real computer: --without
  Trace trace = Trace::none;            // --trace
  friend bool operator==(const Settings&, const Settings&) = default;
};

// One setting as --help and error messages tell it. The table is the only list of settings.
struct SettingInfo {
  std::string_view key;
  std::string_view meaning;  // with the values it takes
};
const std::vector<SettingInfo>& settings_reference();

// What is wrong and how to put it right; nothing when all is well.
using Problem = std::optional<std::string>;

// "frames=64". Unknown keys get the nearest known one.
Problem apply_setting(Settings&, std::string_view assignment);
// The keys of a TOML table, each a setting. `origin` names the text in errors ("machine.toml").
Problem apply_toml(Settings&, std::string_view text, std::string_view origin);
// The settings taken together (a machine that cannot be built).
Problem check_settings(const Settings&);

// A setting's value as --set would take it.
std::string value_of(const Settings&, std::string_view key);

}  // namespace session
