// One row for each figure that a rule needs.

#include "scenarios/session/out_of_sight.h"

#include <fmt/format.h>

#include "sim/core/disk_format.h"

namespace session {
namespace {

using sim::Rule;

struct Need {
  Rule rule;
  bool (Run::*is_met)() const;
  const char* lost;
};

// Found by turning each rule off for 60 random programs (bench/everywhere.py).
constexpr Need kNeeds[] = {
    {Rule::major_faults, &Run::shows_disk,
     "whether a fault waits for the disk: files lie in memory here"},
    {Rule::pinned_source, &Run::shows_disk,
     "whether a page can be evicted for its own copy: no file's page leaves memory here"},
    {Rule::replacement, &Run::shows_disk,
     "whether a replaced file is written at once: files lie in memory here"},
    {Rule::replacement, &Run::shows_dirty,
     "whether a replaced file is written at once: dirty pages are not known here"},
};

}  // namespace

std::map<Rule, std::string> rules_out_of_sight(const Run& real) {
  std::map<Rule, std::string> found;
  for (const Need& need : kNeeds) {
    if (!(real.*need.is_met)()) found.emplace(need.rule, need.lost);
  }
  const sim::FormatHabits& habits = sim::habits_of(real.machine.format);
  if (!habits.writes_replaced) {
    const bool is_known = real.machine.format != sim::DiskFormat::other;
    const char* name = is_known ? habits.name : "this file system";
    found.emplace(
        Rule::replacement,
        fmt::format("whether a replaced file is written at once: not by {}, as by ext4", name));
  }
  return found;
}

}  // namespace session
