// Looking at what the processes have mapped, and which of it is in frames.

#include <sys/syscall.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "real/linux_host_parts.h"

namespace real {

using sim::PageRange;
using sim::PageRanges;

namespace {

constexpr std::uint64_t kEnd = std::uint64_t{1} << 52;

bool holds(const PageRanges& set, std::uint64_t page) {
  const auto& ranges = set.ranges();
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), page,
                       [](std::uint64_t p, const PageRange& r) { return p < r.first; });
  return after != ranges.begin() && page < std::prev(after)->end;
}

PageRanges ranges_of(const std::set<std::uint64_t>& pages) {
  PageRanges ranges;
  for (const std::uint64_t page : pages) ranges.append(page);
  return ranges;
}

void add(std::set<std::uint64_t>& pages, const PageRanges& more) {
  for (const PageRange& range : more.ranges()) {
    for (std::uint64_t page = range.first; page < range.end; ++page) pages.insert(page);
  }
}

// One mapping of a process, and what its entries were seen to lead to.
struct MappingSeen {
  const Origin* origin;
  EntriesSeen entries;
  // Of the first process in exact mode: the pages that the kernel was asked about, and those of
  // them that another process maps.
  PageRanges asked = {};
  std::optional<PageRanges> elsewhere = {};
};

// Of a forked process, whose page map cannot be opened. Nothing: the kernel does not tell.
std::optional<EntriesSeen> entries_there(const HostParts& host, const Origin& origin,
                                         PageRange pages) {
  const auto present =
      pages_in_frames(host.now->actor->pid(), {sim::VirtAddr{origin.base}, pages}, host.geometry);
  if (!present) return std::nullopt;
  EntriesSeen seen;
  for (const PageRange& range : present->ranges()) {
    for (std::uint64_t page = range.first; page < range.end; ++page) {
      // Which pages of a private map are copies is known from the touches.
      if (origin.is_file() && (origin.pages.get(page) & page_bit::copied) == 0) {
        seen.of_file.append(page);
      } else {
        seen.own.append(page);
      }
    }
  }
  return seen;
}

// The same where it does not tell: the pages that the process was seen to have, as far as mincore
// finds their entries filled; of files none.
PageRanges own_pages_there(HostParts& host, const Origin& origin, PageRange pages) {
  PageRanges found;
  for (std::uint64_t page = pages.first; page < pages.end; ++page) {
    const std::uint8_t known = origin.pages.get(page);
    if ((known & page_bit::present) == 0 || (known & page_bit::zero) != 0) continue;
    if (origin.is_file() && (known & page_bit::copied) == 0) continue;
    std::byte is_there{};
    const std::uint64_t at = origin.base + (page << host.geometry.shift());
    const long error = host.now->actor->call(SYS_mincore, {at, host.geometry.page_size().count},
                                             {2, {&is_there, 1}});
    if (error == 0 && (is_there & std::byte{1}) != std::byte{}) found.append(page);
  }
  return found;
}

// Own pages but those that came back from the swap area unchanged: Linux lets several processes map
// the frame of such a one, which is a page of a file to it.
PageRanges without_those_back(const MappingSeen& mapping) {
  PageRanges rest;
  for (const PageRange& range : mapping.entries.own.ranges()) {
    std::uint64_t from = range.first;
    mapping.origin->pages.for_each(range.first, range.end, page_bit::unchanged,
                                   [&](std::uint64_t back) {
                                     if (from < back) rest.append(PageRange{from, back});
                                     from = back + 1;
                                   });
    if (from < range.end) rest.append(PageRange{from, range.end});
  }
  return rest;
}

// Looks at the running process.
class ProcessLook {
 public:
  explicit ProcessLook(HostParts& host) : host_(host) {
    state_.id = host.now->id;
    if (host.memory.source() != MemorySource::none) state_.resident.emplace();
    std::map<const Origin*, EntriesSeen> all;
    for (const Area& area : host.now->areas.all()) add(area, all[area.origin]);
    for (const auto& origin : host.now->areas.origins()) {
      mappings_.push_back({origin.get(), std::move(all[origin.get()])});
      count(mappings_.back());
    }
  }

  const sim::ProcessState& state() const { return state_; }
  std::vector<MappingSeen>& mappings() { return mappings_; }

 private:
  void add(const Area& area, EntriesSeen& seen) {
    const PageRange pages{host_.now->areas.page_in(*area.origin, area.base),
                          host_.now->areas.page_in(*area.origin, area.end)};
    state_.reserved += sim::Pages{pages.end - pages.first};
    const EntriesSeen found = look(*area.origin, pages);
    for (const PageRange& range : found.own.ranges()) seen.own.append(range);
    for (const PageRange& range : found.of_file.ranges()) seen.of_file.append(range);
  }

  EntriesSeen look(const Origin& origin, PageRange pages) {
    if (host_.now->actor->is_this_process()) {
      const auto own = origin.backing == Backing::shared_anonymous ? OwnPages::shared_anonymous
                                                                   : OwnPages::anonymous;
      return host_.memory.entries({sim::VirtAddr{origin.base}, pages, own}, origin.pages);
    }
    if (auto there = entries_there(host_, origin, pages)) return *there;
    state_.resident.reset();
    return {own_pages_there(host_, origin, pages), {}};
  }

  void count(MappingSeen& mapping) {
    const Origin& origin = *mapping.origin;
    const bool is_shared = origin.backing == Backing::shared_anonymous;
    if (!is_shared) {
      origin.pages.for_each(0, kEnd, page_bit::swapped,
                            [&](std::uint64_t) { state_.swapped += sim::Pages{1}; });
    }
    if (state_.resident) {
      sim::Pages& own = is_shared ? state_.resident->shared : state_.resident->anonymous;
      own += sim::Pages{mapping.entries.own.count()};
      state_.resident->file += sim::Pages{mapping.entries.of_file.count()};
      tell_entries(mapping);
    }
    // The kernel's folios of default mode are mapped as a whole: it tells nothing of a page then.
    const bool is_told = host_.now->actor->is_this_process() && host_.mode == Mode::exact;
    const bool is_known = host_.memory.source() != MemorySource::none;
    if (is_shared || !is_told || !is_known || host_.processes.size() < 2) return;
    mapping.asked = without_those_back(mapping);
    mapping.elsewhere = host_.memory.mapped_elsewhere(sim::VirtAddr{origin.base}, mapping.asked);
  }

  void tell_entries(const MappingSeen& mapping) {
    const PageRanges& pages = mapping.entries.of_file;
    if (pages.empty()) return;
    const std::uint64_t first = mapping.origin->first_file_page;
    sim::FileEntries told{mapping.origin->inode->object, {}};
    for (const PageRange& r : pages.ranges()) {
      told.pages.append(PageRange{first + r.first, first + r.end});
    }
    state_.file_entries.push_back(std::move(told));
  }

  HostParts& host_;
  sim::ProcessState state_;
  std::vector<MappingSeen> mappings_;
};

// Pages whose frames count with an older mapping since a fork: by what the touches since then say,
// and where the kernel says otherwise, by that. Requires: the mappings ascend by object.
class Sharing {
 public:
  explicit Sharing(const std::vector<MappingSeen>& all) {
    const auto for_each = [&](auto f) {
      for (const MappingSeen& mapping : all) {
        for (const auto& [page, group] : mapping.origin->sharers) {
          if (holds(mapping.entries.own, page)) f(mapping, page, group);
        }
      }
    };
    for_each([&](const auto&, std::uint64_t, std::uint64_t group) { ++holders_[group]; });
    for_each([&](const MappingSeen& mapping, std::uint64_t page, std::uint64_t group) {
      const bool is_told = mapping.elsewhere && holds(mapping.asked, page);
      if (is_told && !holds(*mapping.elsewhere, page)) holders_[group] = 1;
    });
  }

  // Requires: called once for each, in that order.
  PageRanges of(const MappingSeen& mapping) {
    std::set<std::uint64_t> shared, known;
    for (const auto& [page, group] : mapping.origin->sharers) {
      if (!holds(mapping.entries.own, page) || holders_[group] < 2) continue;
      known.insert(page);
      if (!counted_.insert(group).second) shared.insert(page);
    }
    std::set<std::uint64_t> unknown;  // shared with whom?
    if (mapping.elsewhere) add(unknown, *mapping.elsewhere);
    std::set_difference(unknown.begin(), unknown.end(), known.begin(), known.end(),
                        std::inserter(shared, shared.end()));
    return ranges_of(shared);
  }

 private:
  std::map<std::uint64_t, unsigned> holders_;  // of a group: see Origin::sharers
  std::set<std::uint64_t> counted_;
};

PageRanges swapped_of(const Origin& origin) {
  PageRanges swapped;
  origin.pages.for_each(0, kEnd, page_bit::swapped,
                        [&](std::uint64_t page) { swapped.append(page); });
  return swapped;
}

// Of shared memory without a file several processes have a mapping each.
void merge(sim::MemoryState& into, const sim::MemoryState& other) {
  const auto united = [](const PageRanges& a, const PageRanges& b) {
    std::set<std::uint64_t> pages;
    add(pages, a);
    add(pages, b);
    return ranges_of(pages);
  };
  into.resident = united(into.resident, other.resident);
  into.swapped = united(into.swapped, other.swapped);
}

}  // namespace

void LinuxHost::observe_processes(sim::Observation& seen) {
  HostParts& host = parts_->host;
  std::vector<MappingSeen> all;
  host.for_each_process([&] {
    ProcessLook look(host);
    if (look.state().reserved.count > 0) seen.processes.push_back(look.state());
    std::move(look.mappings().begin(), look.mappings().end(), std::back_inserter(all));
  });
  std::sort(seen.processes.begin(), seen.processes.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  std::erase_if(all, [](const MappingSeen& m) { return !m.origin->owns_pages(); });
  std::stable_sort(all.begin(), all.end(), [](const MappingSeen& a, const MappingSeen& b) {
    return a.origin->object < b.origin->object;
  });
  Sharing sharing(all);
  for (const MappingSeen& m : all) {
    sim::MemoryState state{m.origin->object, m.entries.own, swapped_of(*m.origin), sharing.of(m)};
    const bool is_known = !seen.memory.empty() && seen.memory.back().object == state.object;
    if (is_known) merge(seen.memory.back(), state);
    if (!is_known) seen.memory.push_back(std::move(state));
  }
}

}  // namespace real
