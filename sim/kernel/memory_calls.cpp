// mmap, munmap, mprotect, msync, madvise, exit.

#include "sim/kernel/memory_calls.h"

#include <vector>

#include "sim/kernel/disk_faults.h"
#include "sim/kernel/replacement.h"
#include "sim/kernel/unmap.h"
#include "sim/kernel/writeback.h"

namespace sim {
namespace {

struct PageSpan {
  Vpn first;
  Vpn end;
};

// The pages a call is about; nothing if the address is not a page's or the end is out of reach.
std::optional<PageSpan> pages_of(const Kernel& k, VirtAddr address, Bytes length) {
  if (k.geometry.within_page(address).count != 0) return std::nullopt;
  const Vpn first = k.geometry.page_of(address);
  const std::uint64_t span = k.mmu.table().span().count;
  const Pages pages = k.geometry.pages_for(length);
  if (first.index > span || pages.count > span - first.index) return std::nullopt;
  return PageSpan{first, first + pages};
}

// Calls f(area, first, end) for the part of each area that lies in the span; ENOMEM if a part of
// the span is not mapped, as the calls that use it say after doing the rest.
template <class F>
Status for_each_area(Kernel& k, PageSpan span, F f) {
  bool has_hole = false;
  Vpn at = span.first;
  while (at < span.end) {
    const Vma* area = k.space.find_from(at);
    if (area == nullptr || area->first >= span.end) break;
    if (at < area->first) has_hole = true;
    const Vpn end = std::min(area->end, span.end);
    f(*area, std::max(at, area->first), end);
    at = end;
  }
  if (has_hole || at < span.end) return Errno{ENOMEM};
  return done();
}

// The entry under the new protection. What a store would not be told about anyway becomes writable
// at once (measured: after mprotect back to writable a dirty page takes no fault).
Pte protected_entry(const Kernel& k, const Vma& area, Pte pte, Protection protection) {
  if (!pte.is_present()) return pte;
  const bool any = protection.read || protection.write;
  pte = any ? pte.with(pte_bit::readable) : pte.without(pte_bit::readable);
  if (!protection.write) return pte.without(pte_bit::writable);
  if (!pte.has_frame()) return pte;
  const bool is_own_and_changed = pte.has(pte_bit::own) && !k.frames.slot(pte.frame());
  const bool is_dirty_file_page = area.is_shared_file() && pte.has(pte_bit::dirty);
  return is_own_and_changed || is_dirty_file_page ? pte.with(pte_bit::writable) : pte;
}

// What the request asks of its file; EBADF, EACCES as mmap(2).
Result<Vma> file_area(Kernel& k, const MapRequest& request) {
  Vma area;
  const OpenDescription* descriptor = k.files.find(*request.file);
  if (descriptor == nullptr) return Errno{EBADF};
  if (!descriptor->can_read()) return Errno{EACCES};
  if (request.sharing == Sharing::shared && !descriptor->can_write()) {
    if (request.protection.write) return Errno{EACCES};
    area.may_write = false;
  }
  area.file = descriptor->file;
  area.description = descriptor->number;
  area.file_page = k.geometry.page_of(request.offset);
  return area;
}

}  // namespace

Result<Mapping> map_memory(Kernel& k, const MapRequest& request) {
  if (request.length.count == 0) return Errno{EINVAL};
  if (k.geometry.within_page(request.offset).count != 0) return Errno{EINVAL};
  const Pages pages = k.geometry.pages_for(request.length);
  if (pages.count > kMostPagesOfObject) return Errno{ENOMEM};
  if (request.file && k.geometry.page_of(request.offset) + pages > kEndOfPages) {
    return Errno{EOVERFLOW};
  }
  const Result<Vma> wanted = request.file ? file_area(k, request) : Vma{};
  if (!wanted) return Errno{wanted.error()};
  const std::optional<Vpn> first = k.space.find_free(pages);
  if (!first) return Errno{ENOMEM};

  Vma area = *wanted;
  area.first = *first;
  area.end = *first + pages;
  area.protection = request.protection;
  area.sharing = request.sharing;
  area.serial = k.next_serial++;
  if (!area.is_shared_file()) {
    area.mapping = k.next_object++;
    area.own_root = area.mapping;
    area.mapping_first = area.first;
  }
  k.space.insert(area);
  return Mapping{k.geometry.start_of(area.first), area.has_own_pages() ? area.mapping : area.file};
}

Status unmap_memory(Kernel& k, VirtAddr address, Bytes length) {
  const std::optional<PageSpan> span = pages_of(k, address, length);
  if (!span || length.count == 0) return Errno{EINVAL};
  unmap_range(k, span->first, span->end);
  return done();
}

Status protect_memory(Kernel& k, VirtAddr address, Bytes length, Protection protection) {
  const std::optional<PageSpan> span = pages_of(k, address, length);
  if (!span) return Errno{k.geometry.within_page(address).count != 0 ? EINVAL : ENOMEM};
  bool may_write = true;
  const Status covered = for_each_area(
      k, *span, [&](const Vma& area, Vpn, Vpn) { may_write = may_write && area.may_write; });
  if (!covered) return covered;
  if (protection.write && !may_write) return Errno{EACCES};
  k.space.split_at(span->first);
  k.space.split_at(span->end);
  return for_each_area(k, *span, [&](const Vma& area, Vpn first, Vpn end) {
    k.space.set_protection(area.first, protection);
    std::vector<std::pair<Vpn, Pte>> changed;
    k.mmu.table().for_each_in(first, end, [&](Vpn vpn, Pte pte) {
      changed.emplace_back(vpn, protected_entry(k, area, pte, protection));
    });
    for (const auto& [vpn, pte] : changed) k.mmu.change(vpn, pte);
  });
}

Status sync_memory(Kernel& k, VirtAddr address, Bytes length) {
  const std::optional<PageSpan> span = pages_of(k, address, length);
  if (!span) return Errno{k.geometry.within_page(address).count != 0 ? EINVAL : ENOMEM};
  Status written = done();
  const Status covered = for_each_area(k, *span, [&](const Vma& area, Vpn first, Vpn end) {
    if (!area.is_shared_file()) return;
    const PgOff from = area.file_page_at(first);
    Inode& inode = k.files.inode(area.file);
    flush(k, inode, from, from + (end - first));
    if (const Status s = take_write_error(k, inode, area.description); !s) written = s;
  });
  return written ? covered : written;
}

Status advise_memory(Kernel& k, VirtAddr address, Bytes length, Advice advice) {
  const std::optional<PageSpan> span = pages_of(k, address, length);
  if (!span) return Errno{k.geometry.within_page(address).count != 0 ? EINVAL : ENOMEM};
  return for_each_area(k, *span, [&](const Vma& area, Vpn first, Vpn end) {
    if (advice == Advice::dont_need) zap(k, area, first, end);
  });
}

void exit_program(Kernel& k) {
  unmap_range(k, Vpn{0}, Vpn{k.mmu.table().span().count});
  while (!k.files.descriptors().empty()) {
    const auto [fd, description] = *k.files.descriptors().begin();
    const std::uint32_t object = k.files.description(description).file;
    k.files.close(Fd{fd});
    let_go(k, object, description);
    drop_if_orphan(k, object);
  }
}

std::uint32_t object_at(const Kernel& k, VirtAddr address) {
  const Vma* area = k.space.find(k.geometry.page_of(address));
  if (area == nullptr) return kNoObject;
  return area->has_own_pages() ? area->mapping : area->file;
}

}  // namespace sim
