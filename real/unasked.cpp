// Settling, and the differences between two looks.

#include "real/unasked.h"

#include <sys/stat.h>
#include <time.h>

#include <algorithm>
#include <set>

#include "sim/core/unasked.h"

namespace real {

using sim::EventKind;
using sim::PageRange;
using sim::PageRanges;

namespace {

// Of a 2 MiB page table, beyond which neither fault-around nor a large folio reaches (Linux 6.18).
constexpr std::uint64_t kTablePages = 512;

PageRange all_of(const HostParts& host, const Inode& inode) {
  struct stat seen {};
  if (::fstat(inode.watch.number(), &seen) != 0) return {};
  return {0, host.geometry.pages_for(sim::Bytes{static_cast<std::uint64_t>(seen.st_size)}).count};
}

template <class Visit>
void for_each_page_in_first_only(const PageRanges& now, const PageRanges& before, Visit visit) {
  auto old = before.ranges().begin();
  for (const PageRange& range : now.ranges()) {
    for (std::uint64_t page = range.first; page < range.end; ++page) {
      while (old != before.ranges().end() && old->end <= page) ++old;
      if (old == before.ranges().end() || page < old->first) visit(page);
    }
  }
}

}  // namespace

void Unasked::settle(const Inode& inode) const {
  if (host_->mode == Mode::exact) return;
  constexpr int kMostPauses = 500;  // half a second; a cold read-ahead of 8 MiB takes 12 ms
  for (int i = 0; i < kMostPauses; ++i) {
    if (host_->cache.all_arrived(inode.watch.number(), all_of(*host_, inode))) return;
    const timespec pause{0, 1'000'000};
    ::nanosleep(&pause, nullptr);
  }
}

void Unasked::tell_read_ahead(Inode& inode, PageRange asked) {
  settle(inode);
  PageRanges now = host_->cache.resident(inode.watch.number(), all_of(*host_, inode));
  for_each_page_in_first_only(now, cached_[inode.object], [&](std::uint64_t page) {
    if (page >= asked.first && page < asked.end) return;
    const bool hole = is_hole(inode.watch.number(), host_->geometry.start_of(sim::PgOff{page}),
                              host_->geometry.page_size());
    host_->emit({.page = {inode.object, static_cast<std::uint32_t>(page)},
                 .count = hole ? 0u : 1u,
                 .kind = EventKind::page_in,
                 .detail = static_cast<std::uint16_t>(sim::PageIn::read_ahead)});
  });
  cached_[inode.object] = std::move(now);
}

// The folio that a store made dirty is dirty as a whole.
void Unasked::tell_dirtied(Inode& inode, PageRange around) {
  if (!host_->shows_dirty) return;
  const PageRanges now = host_->cache.dirty(inode.watch.number(), around);
  for (const PageRange& range : now.ranges()) {
    for (std::uint64_t page = range.first; page < range.end; ++page) {
      if (inode.dirty.get(page) != 0) continue;
      inode.dirty.set(page, 1);
      host_->emit({.page = {inode.object, static_cast<std::uint32_t>(page)},
                   .kind = EventKind::dirty,
                   .detail = static_cast<std::uint16_t>(sim::Dirtied::with_folio)});
    }
  }
}

// Memory without a file is mapped beside a fault only where one folio serves both pages.
void Unasked::came_along(const Origin& origin, std::uint64_t page) {
  if (host_->mode == Mode::exact) return;
  const sim::PageIn how =
      origin.is_file() ? sim::PageIn::mapped_around : sim::PageIn::mapped_with_folio;
  host_->emit({.page = host_->now->areas.name_of(origin, page),
               .count = 0,
               .kind = EventKind::page_in,
               .detail = static_cast<std::uint16_t>(how)});
}

std::uint64_t Unasked::table_of(std::uint64_t address) const {
  const std::uint64_t bytes = kTablePages << host_->geometry.shift();
  return address / bytes * bytes;
}

// The pages of the running process's mapping whose entries are filled. Of a forked process, whose
// page map cannot be read, the zero page is not among them.
PageRanges Unasked::present(const Origin& origin, PageRange pages) const {
  const MappedPages mapped{sim::VirtAddr{origin.base}, pages};
  if (host_->now->actor->is_this_process()) return host_->memory.present(mapped);
  auto there = pages_in_frames(host_->now->actor->pid(), mapped, host_->geometry);
  return there ? *std::move(there) : PageRanges{};
}

// A page that had an entry in some mapping and has none in it any more.
void Unasked::tell_unmapped(const Inode& inode, PageRange near) {
  std::set<std::uint64_t> lost;
  host_->for_each_process([&] {
    for (const auto& origin : host_->now->areas.origins()) {
      if (origin->inode != &inode) continue;
      const std::uint64_t shown = origin->first_file_page;
      const PageRange here{std::max(near.first, shown) - shown, std::max(near.end, shown) - shown};
      const PageRanges still = present(*origin, here);
      PageRanges known;
      origin->pages.for_each(here.first, here.end, page_bit::present,
                             [&](std::uint64_t page) { known.append(page); });
      for_each_page_in_first_only(known, still, [&](std::uint64_t page) {
        origin->pages.clear(page, page_bit::present | page_bit::writable);
        lost.insert(shown + page);
      });
    }
  });
  for (const std::uint64_t page : lost) {
    host_->emit({.page = {inode.object, static_cast<std::uint32_t>(page)},
                 .count = 0,
                 .kind = EventKind::page_in,
                 .detail = static_cast<std::uint16_t>(sim::PageIn::unmapped_with_folio)});
  }
}

// A folio reaches beyond the end of its file: a longer file has pages in memory that nobody asked
// for, and dirty if the folio is.
void Unasked::after_truncate(Inode& inode, std::uint64_t pages) {
  if (host_->mode == Mode::exact) return;
  const PageRange near{pages < kTablePages ? 0 : pages - kTablePages, pages};
  tell_unmapped(inode, near);
  tell_read_ahead(inode, {0, 0});
  tell_dirtied(inode, near);
}

void Unasked::tell_mapped(Origin& origin, std::uint64_t page, sim::Access access) {
  const std::uint64_t address = origin.base + (page << host_->geometry.shift());
  const Area* area = host_->now->areas.find(address);
  if (area == nullptr || area->origin != &origin) return;
  const std::uint64_t table_bytes = kTablePages << host_->geometry.shift();
  const std::uint64_t table = table_of(address);
  const PageRange near{host_->now->areas.page_in(origin, std::max(area->base, table)),
                       host_->now->areas.page_in(origin, std::min(area->end, table + table_bytes))};
  const bool zero = origin.backing == Backing::anonymous && access == sim::Access::read;
  const auto bits =
      static_cast<std::uint8_t>(zero ? page_bit::present | page_bit::zero : page_bit::present);
  const PageRanges now = present(origin, near);
  for (const PageRange& range : now.ranges()) {
    for (std::uint64_t p = range.first; p < range.end; ++p) {
      if (p == page || (origin.pages.get(p) & page_bit::present) != 0) continue;
      origin.pages.set(p, bits);
      came_along(origin, p);
    }
  }
}

// A store to the zero page may have given its whole neighbourhood one folio.
void Unasked::tell_replaced(Origin& origin, std::uint64_t page) {
  if (!host_->now->actor->is_this_process()) return;
  const std::uint64_t first = page < kTablePages ? 0 : page - kTablePages;
  bool is_any = false;
  origin.pages.for_each(first, page + kTablePages, page_bit::zero,
                        [&](std::uint64_t) { is_any = true; });
  if (!is_any) return;
  const PageRange near{first,
                       std::min(page + kTablePages, origin.bytes >> host_->geometry.shift())};
  const PageRanges own =
      host_->memory.entries({sim::VirtAddr{origin.base}, near}, origin.pages).own;
  for (const PageRange& range : own.ranges()) {
    for (std::uint64_t p = range.first; p < range.end; ++p) {
      if ((origin.pages.get(p) & page_bit::zero) == 0) continue;
      origin.pages.clear(p, page_bit::zero);
      came_along(origin, p);
    }
  }
}

void Unasked::after_fault(Origin& origin, std::uint64_t page, sim::Access access) {
  if (host_->mode == Mode::exact) return;
  tell_mapped(origin, page, access);
  if (origin.backing == Backing::anonymous && access == sim::Access::write) {
    tell_replaced(origin, page);
  }
  if (!origin.is_file()) return;
  Inode& inode = *origin.inode;
  const std::uint64_t file_page = origin.first_file_page + page;
  tell_read_ahead(inode, {file_page, file_page + 1});
  if (access == sim::Access::read || origin.backing != Backing::file_shared) return;
  const std::uint64_t first = file_page < kTablePages ? 0 : file_page - kTablePages;
  tell_dirtied(inode, {first, file_page + kTablePages});
}

void Unasked::after_call(Inode& inode, PageRange asked) {
  if (host_->mode == Mode::exact) return;
  tell_read_ahead(inode, asked);
  const std::uint64_t first = asked.first < kTablePages ? 0 : asked.first - kTablePages;
  tell_dirtied(inode, {first, asked.end + kTablePages});
}

}  // namespace real
