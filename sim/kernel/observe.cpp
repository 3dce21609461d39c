// What is where, and the three truths about a file.

#include "sim/kernel/observe.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <set>

#include "sim/kernel/power_cut.h"

namespace sim {
namespace {

FileState state_of(const Kernel& k, const Inode& inode) {
  FileState state;
  std::set<std::uint64_t> writing;
  state.name = inode.name;
  state.object = inode.object;
  state.size = inode.size;
  for (const auto& [fd, number] : k.files.descriptors()) {
    const OpenDescription& open = k.files.description(number);
    if (open.file == inode.object) state.descriptors.push_back({fd, open.position});
  }
  for (const WriteUnderWay& write : k.under_way) {
    if (write.object == inode.object) writing.insert(write.page.index);
  }
  for (const std::uint64_t page : writing) state.writing.append(page);
  inode.cache.for_each_in(PgOff{0}, kEndOfPages, [&](PgOff page, Pfn frame) {
    state.resident.append(page.index);
    if (k.frames.is_dirty(frame)) state.dirty.append(page.index);
  });
  return state;
}

// Pages of a mapping; of shared memory several processes' entries can lead to one.
struct OwnPages {
  std::vector<std::pair<std::uint64_t, Pfn>> resident;  // page, and its frame
  std::vector<std::uint64_t> swapped;
};

template <class T>
void sort_out(std::vector<T>& pages) {
  std::sort(pages.begin(), pages.end());  // mostly is
  pages.erase(std::unique(pages.begin(), pages.end()), pages.end());
}

// `counted`: frames of the mappings before this one, if there are several processes.
MemoryState state_of(std::uint32_t object, OwnPages& pages, std::set<Pfn>* counted) {
  MemoryState state{object, {}, {}, {}};
  sort_out(pages.resident);
  sort_out(pages.swapped);
  for (const auto& [page, frame] : pages.resident) {
    state.resident.append(page);
    if (counted != nullptr && !counted->insert(frame).second) state.shared.append(page);
  }
  for (const std::uint64_t page : pages.swapped) state.swapped.append(page);
  return state;
}

void add_area(const PageTable& table, const Vma& area, OwnPages& pages) {
  table.for_each_in(area.first, area.end, [&](Vpn vpn, Pte pte) {
    if (!pte.has(pte_bit::own)) return;
    const std::uint64_t page = area.own_name_at(vpn).index;
    if (pte.holds_frame()) pages.resident.emplace_back(page, pte.frame());
    if (pte.has(pte_bit::swapped)) pages.swapped.push_back(page);
  });
}

void add_file_entries(const PageTable& table, const Vma& area, std::vector<FileEntries>& to) {
  FileEntries entries{area.file, {}};
  table.for_each_in(area.first, area.end, [&](Vpn vpn, Pte pte) {
    if (pte.has_frame() && !pte.has(pte_bit::own)) {
      entries.pages.append(area.file_page_at(vpn).index);
    }
  });
  if (!entries.pages.empty()) to.push_back(std::move(entries));
}

// The newest mapping of the file that still exists, or null.
const Vma* newest_area(const Kernel& k, std::uint32_t object) {
  const Vma* newest = nullptr;
  for (const Vpn first : k.space.areas_of(object)) {
    const Vma* area = k.space.find(first);
    if (newest == nullptr || area->serial > newest->serial) newest = area;
  }
  return newest;
}

// The page as the mapping `serial` shows it: its own copy, if it has one.
const std::byte* page_in_mapping(const Kernel& k, const Inode& inode, std::uint64_t serial,
                                 PgOff page) {
  for (const Vpn first : k.space.areas_of(inode.object)) {
    const Vma& area = *k.space.find(first);
    if (area.serial != serial || page < area.file_page) continue;
    const Vpn vpn = area.first + (page - area.file_page);
    if (vpn >= area.end) continue;
    const Pte pte = k.mmu.walk(vpn);
    if (!pte.has(pte_bit::own)) continue;
    return pte.is_present() ? k.memory.bytes(pte.frame()) : bytes_in(k.swap.load(pte.slot()));
  }
  return page_in_cache(k, inode, page);
}

const std::byte* page_as(const Kernel& k, const Inode& inode, Truth truth, const Vma* newest,
                         PgOff page) {
  switch (truth) {
    case Truth::program:
      return newest == nullptr ? page_in_cache(k, inode, page)
                               : page_in_mapping(k, inode, newest->serial, page);
    case Truth::cache: return page_in_cache(k, inode, page);
    case Truth::durable: break;  // durable_bytes()
  }
  return kZeroBytes;
}

// `length` bytes from `from` on of a file of that size, each page's where page_at() says.
template <class PageAt>
std::vector<std::byte> gather(const Kernel& k, Bytes size, FileOffset from, Bytes length,
                              PageAt page_at) {
  const std::uint64_t end =
      from.index + std::min(length.count, size.count - std::min(size.count, from.index));
  std::vector<std::byte> bytes(from.index < end ? end - from.index : 0);
  for (std::uint64_t at = from.index; at < end;) {
    const std::uint64_t within = k.geometry.within_page(FileOffset{at}).count;
    const std::uint64_t n = std::min(end - at, k.geometry.page_size().count - within);
    std::memcpy(&bytes[at - from.index], page_at(k.geometry.page_of(FileOffset{at})) + within, n);
    at += n;
  }
  return bytes;
}

// What the name on the disk leads to, as it was last made durable and written to since.
FileBytes durable_bytes(const Kernel& k, std::string_view name, FileOffset from, Bytes length) {
  const auto found = k.directory.durable().find(name);
  // The name is not sure to be there: that takes an fsync or msync of the file.
  if (found == k.directory.durable().end()) return {std::vector<std::byte>(), {}};
  const StoredFile& disk = stored_file(k, found->second);
  return {gather(k, disk.durable_size(), from, length,
                 [&](PgOff page) { return bytes_in(disk.durable_block(page)); }),
          {}};
}

}  // namespace

const std::byte* page_in_cache(const Kernel& k, const Inode& inode, PgOff page) {
  if (const auto frame = inode.cache.find(page)) return k.memory.bytes(*frame);
  return bytes_in(inode.disk.block(page));
}

std::vector<ProcessState> processes_of(const Kernel& k) {
  std::vector<ProcessState> processes;
  const auto add = [&](ProcessId id, const AddressSpace& space, const Mmu& mmu) {
    if (space.areas().empty()) return;
    ProcessState state{id, Pages{0}, {}, Pages{mmu.counts().swapped}, {}};
    for (const auto& [first, area] : space.areas()) {
      state.reserved += area.end - first;
      if (area.has_file()) add_file_entries(mmu.table(), area, state.file_entries);
    }
    const EntryCounts& n = mmu.counts();
    state.resident = {Pages{n.anonymous}, Pages{n.file}, Pages{n.shared}};
    processes.push_back(state);
  };
  add(k.running, k.space, k.mmu);
  for (const auto& [id, process] : k.waiting) add(id, process.space, process.mmu);
  std::sort(processes.begin(), processes.end(),
            [](const ProcessState& a, const ProcessState& b) { return a.id < b.id; });
  return processes;
}

Observation observe(const Kernel& k) {
  Observation observation;
  for (const auto& [_, inode] : k.files.inodes()) observation.files.push_back(state_of(k, inode));
  std::map<std::uint32_t, OwnPages> memory;
  const auto add_process = [&](const AddressSpace& space, const Mmu& mmu) {
    for (const auto& [_, area] : space.areas()) {
      if (!area.has_own_pages()) continue;
      add_area(mmu.table(), area, memory[area.mapping]);
    }
  };
  add_process(k.space, k.mmu);
  for (const auto& [_, process] : k.waiting) add_process(process.space, process.mmu);
  std::set<Pfn> counted;
  for (auto& [object, pages] : memory) {
    observation.memory.push_back(state_of(object, pages, k.waiting.empty() ? nullptr : &counted));
  }
  observation.processes = processes_of(k);
  return observation;
}

FileBytes bytes_of(const Kernel& k, std::string_view name, Truth truth, FileOffset from,
                   Bytes length) {
  if (truth == Truth::durable) return durable_bytes(k, name, from, length);
  const auto found = k.files.names().find(name);
  if (found == k.files.names().end()) return {std::nullopt, "no file has this name"};
  const Inode& inode = k.files.inode(found->second);
  const Vma* newest = newest_area(k, inode.object);
  return {gather(k, inode.size, from, length,
                 [&](PgOff page) { return page_as(k, inode, truth, newest, page); }),
          {}};
}

}  // namespace sim
