// RssAnon, RssFile, RssShmem, swap, and the page cache beside them.

#include "scenarios/cli/memory_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace cli {
namespace {

using session::Run;

// What is in swap this computer took from the simulated one: it is no part of what is compared.
enum class Swap : std::uint8_t { told, left_out };

// Of the program's mappings; kinds of which there are no pages are left out.
std::string memory_of(const session::Mapped& mapped, Swap swap) {
  std::string text;
  const auto add = [&](const char* kind, std::uint64_t pages) {
    if (pages > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", kind, pages);
  };
  if (mapped.resident) {
    add("RssAnon", mapped.resident->anonymous.count);
    add("RssFile", mapped.resident->file.count);
    add("RssShmem", mapped.resident->shared.count);
    if (text.empty()) text = "RSS 0";
  } else {
    text = "RSS not known";
  }
  if (swap == Swap::told) add("swap", mapped.swapped);
  return fmt::format("{} of {} reserved", text, mapped.reserved);
}

std::string memory_now(const Run& run, const ToldPart& part, std::uint32_t process, Swap swap) {
  const session::State& now = part.sum.after;
  const auto found = now.mapped.find(process);
  std::string text = found == now.mapped.end() ? "nothing mapped" : memory_of(found->second, swap);
  if (process == 0 && run.shows_cached() && now.cached > 0)
    text += fmt::format("; page cache {}", now.cached);
  return text;
}

const session::State& state_before(const ToldPart& part) {
  static const session::State kNothing;
  return part.before == nullptr ? kNothing : *part.before;
}

bool is_same_memory(const ToldPart& part, std::uint32_t process) {
  const session::State& now = part.sum.after;
  const session::State& before = state_before(part);
  const auto of = [&](const session::State& state) {
    const auto found = state.mapped.find(process);
    return found == state.mapped.end() ? nullptr : &found->second;
  };
  const session::Mapped *a = of(before), *b = of(now);
  if (process == 0 && before.cached != now.cached) return false;
  return (a == nullptr) == (b == nullptr) && (a == nullptr || *a == *b);
}

}  // namespace

std::vector<Row> memory_rows(const std::vector<const Run*>& runs, const ToldLine& told) {
  std::set<std::uint32_t> processes{0};
  bool is_known = true;
  for (const ToldPart& part : told.parts) {
    for (const session::State* state : {&state_before(part), &part.sum.after}) {
      for (const auto& [process, mapped] : state->mapped) {
        processes.insert(process);
        is_known = is_known && mapped.resident;
      }
    }
  }
  const bool are_several =
      std::any_of(runs.begin(), runs.end(), [](const Run* run) { return run->has_forked(); });
  std::vector<Row> rows;
  for (const std::uint32_t process : processes) {
    const bool is_same =
        std::all_of(told.parts.begin(), told.parts.end(),
                    [&](const ToldPart& part) { return is_same_memory(part, process); });
    if (is_same) continue;
    Row row{
        .label = are_several ? fmt::format("memory of {}", session::pid_of(process)) : "memory now",
        .values = {},
        .keys = {},
        .compared = is_known ? Compared::yes : Compared::not_observable};
    for (std::size_t i = 0; i < runs.size(); ++i) {
      row.values.push_back(memory_now(*runs[i], told.parts[i], process, Swap::told));
      row.keys.push_back(memory_now(*runs[i], told.parts[i], process, Swap::left_out));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace cli
