// File pages leave the page cache, own pages go to the swap area.

#include "real/mirror.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>

#include <algorithm>
#include <utility>

namespace real {

namespace {

constexpr std::size_t kMostFailuresTold = 5;

}  // namespace

void Mirror::evict_before(std::uint64_t touch) {
  while (!left_.empty()) {
    const MirroredEviction& next = left_.front();
    if (next.calls > host_->calls || next.touch >= touch) return;
    left_ = left_.subspan(1);
    evict(next);
  }
}

// It is told under the touch that it makes room for: of one piece of a read() or write() that can
// be the second.
void Mirror::evict(const MirroredEviction& eviction) {
  const std::uint64_t now = std::exchange(host_->clock, eviction.touch);
  evict_page(eviction);
  host_->clock = now;
}

void Mirror::evict_page(const MirroredEviction& eviction) {
  const auto inode = host_->inodes.all().find(eviction.page.object);
  if (inode != host_->inodes.all().end()) {
    if (eviction.what == MirroredEviction::What::write_back) {
      return write_page(*inode->second, eviction.page.index);
    }
    return evict_file_page(*inode->second, eviction);
  }
  bool is_known = false;
  host_->for_each_process([&] {
    if (is_known) return;
    for (const auto& origin : host_->now->areas.origins()) {
      if (!origin->owns_pages() || origin->object != eviction.page.object) continue;
      is_known = true;
      return evict_own_page(*origin, eviction);
    }
  });
  if (is_known) return;
  failed(eviction, "there is no such file or mapping");
}

// A file system that has work to do after a write (btrfs keeps sums) holds the page until then.
bool Mirror::drop_from_cache(const Inode& inode, std::uint64_t page) const {
  constexpr int kMostPauses = 100;
  const int fd = inode.watch.number();
  const auto bytes = static_cast<off_t>(host_->geometry.page_size().count);
  for (int i = 0; i <= kMostPauses; ++i) {
    ::posix_fadvise(fd, static_cast<off_t>(page << host_->geometry.shift()), bytes,
                    POSIX_FADV_DONTNEED);
    const CachedPage now = host_->cache.page(fd, sim::PgOff{page});
    if (!now.cached) return true;
    if (now.dirty) return false;
    const timespec pause{0, 1'000'000};
    ::nanosleep(&pause, nullptr);
  }
  return false;
}

// Recipe measured on Linux 6.18, ext4: the page must be in no page table, then written, then it can
// be dropped from the cache. A private mapping's copy is not the file's page and stays.
void Mirror::evict_file_page(Inode& inode, const MirroredEviction& eviction) {
  const std::uint64_t page = eviction.page.index;
  const int fd = inode.watch.number();
  const CachedPage before = host_->cache.page(fd, sim::PgOff{page});
  if (host_->cache.shows_residency() && !before.cached) {
    return failed(eviction, "it was not in the page cache");
  }
  const std::size_t bytes = host_->geometry.page_size().count;
  host_->for_each_process([&] {
    host_->now->areas.for_each_view(inode, page, [&](Origin& origin, std::uint64_t mapped) {
      const std::uint64_t at = origin.base + (mapped << host_->geometry.shift());
      const Area* area = host_->now->areas.find(at);
      if (area == nullptr || area->origin != &origin) return;
      if ((origin.pages.get(mapped) & (page_bit::copied | page_bit::replaced)) != 0) return;
      host_->now->actor->call(SYS_madvise, {at, bytes, MADV_DONTNEED});
      origin.pages.clear(mapped, page_bit::present | page_bit::writable);
    });
  });
  host_->cache.write_back(fd, {page, page + 1});
  if (!host_->drops_pages) return;  // nothing can go, and a note says so
  if (!drop_from_cache(inode, page)) return failed(eviction, "it stayed in the page cache");
  const bool recorded_dirty = host_->shows_dirty && inode.dirty.get(page) != 0;
  if (before.dirty) {
    note_clean(*host_, inode, page, sim::WriteBackReason::eviction);
  } else if (recorded_dirty) {
    note_clean(*host_, inode, page, sim::WriteBackReason::background);
  }
  const auto how = before.dirty ? sim::Eviction::written_back : sim::Eviction::dropped;
  host_->emit({.page = eviction.page,
               .kind = sim::EventKind::evict,
               .detail = static_cast<std::uint16_t>(how)});
}

// Clean already: the kernel was first (a file that replaced another, an age of its own).
void Mirror::write_page(Inode& inode, std::uint64_t page) {
  const int fd = inode.watch.number();
  const bool recorded_dirty = inode.dirty.get(page) != 0;
  if (host_->shows_dirty && !recorded_dirty) return;
  host_->cache.write_back(fd, {page, page + 1});
  const bool is_clean = !host_->cache.page(fd, sim::PgOff{page}).dirty;
  if (recorded_dirty && is_clean) {
    note_clean(*host_, inode, page, sim::WriteBackReason::background);
  }
}

void Mirror::evict_own_page(Origin& origin, const MirroredEviction& eviction) {
  const bool is_shared = origin.backing == Backing::shared_anonymous;
  if (!is_shared && (origin.pages.get(eviction.page.index) & page_bit::present) == 0) {
    return failed(eviction, "it was not in memory");
  }
  const std::uint64_t page = eviction.page.index;
  const auto shared = origin.sharers.find(page);
  const std::uint64_t sharing = shared == origin.sharers.end() ? 0 : shared->second;
  std::string why = swap_->evict(origin, page);
  if (!why.empty()) return failed(eviction, why);
  if (sharing == 0 && !is_shared) return;
  const std::uint32_t slot = origin.slots.at(page);
  host_->for_each_process([&] {
    for (const auto& other : host_->now->areas.origins()) {
      const auto found = other->sharers.find(page);
      const bool is_copy = found != other->sharers.end() && found->second == sharing;
      const bool is_same = is_shared && other.get() != &origin && other->object == origin.object;
      if (!is_copy && !is_same) continue;
      why = swap_->follow(*other, page, slot);
      if (!why.empty()) failed(eviction, why);
    }
  });
}

void Mirror::failed(const MirroredEviction& eviction, const std::string& why) {
  if (failed_++ >= kMostFailuresTold) return;
  failures_.push_back("page " + std::to_string(eviction.page.index) + " of object " +
                      std::to_string(eviction.page.object) + " could not be evicted before touch " +
                      std::to_string(eviction.touch) + ": " + why);
}

std::vector<std::string> Mirror::failures() const {
  std::vector<std::string> told = failures_;
  if (failed_ > kMostFailuresTold) {
    told.push_back(std::to_string(failed_) + " evictions in all could not be carried out");
  }
  const auto missed = std::count_if(left_.begin(), left_.end(), [](const MirroredEviction& e) {
    return e.what == MirroredEviction::What::evict;
  });
  if (missed > 0) {
    told.push_back(std::to_string(missed) + " evictions of the simulated computer were not " +
                   "reached");
  }
  return told;
}

}  // namespace real
