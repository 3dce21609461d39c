// Looking at files and memory without disturbing either.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "real/linux_host_parts.h"

namespace real {

using sim::PageRange;
using sim::PageRanges;

namespace {

std::uint64_t size_of(const Inode& inode) {
  struct stat seen {};
  return ::fstat(inode.watch.number(), &seen) == 0 ? static_cast<std::uint64_t>(seen.st_size) : 0;
}

constexpr PageRange kAllPages{0, std::uint64_t{1} << 52};

bool holds(const PageRanges& set, std::uint64_t page) {
  return std::any_of(set.ranges().begin(), set.ranges().end(),
                     [&](const PageRange& r) { return r.first <= page && page < r.end; });
}

}  // namespace

// Pages that became dirty in this run, were not flushed, and are clean: the kernel wrote them.
void LinuxHost::notice_background(Inode& inode, PageRange range, const PageRanges& dirty_now,
                                  sim::Noticed noticed, sim::WriteBackReason reason) {
  HostParts& host = parts_->host;
  if (!host.shows_dirty) return;
  std::vector<std::uint64_t> clean;
  auto next = dirty_now.ranges().begin();
  inode.dirty.for_each(range.first, range.end, 1, [&](std::uint64_t page) {
    while (next != dirty_now.ranges().end() && next->end <= page) ++next;
    if (next == dirty_now.ranges().end() || page < next->first) clean.push_back(page);
  });
  for (const std::uint64_t page : clean) {
    note_clean(host, inode, page, reason, noticed);
  }
}

// Around a call that renames a file over another or lets go of it, for which the kernel may begin
// to write it (ext4's auto_da_alloc). Waits for what has begun, so that what is dirty then does not
// hang on time; what was clean before the call was written for another reason.
void LinuxHost::settle(Inode& inode, Call call) {
  HostParts& host = parts_->host;
  if (!host.shows_dirty || inode.dirty.is_empty()) return;
  const int fd = inode.watch.number();
  ::sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WAIT_AFTER);
  const PageRange all{0, host.geometry.pages_for(sim::Bytes{size_of(inode)}).count};
  const bool is_for_call =
      call == Call::done && sim::habits_of(parts_->filesystem.format).writes_replaced;
  notice_background(
      inode, kAllPages, host.cache.dirty(fd, all), sim::Noticed::in_call,
      is_for_call ? sim::WriteBackReason::replacement : sim::WriteBackReason::background);
}

sim::Observation LinuxHost::observe() {
  HostParts& host = parts_->host;
  sim::Observation seen;
  for (const auto& [object, inode] : host.inodes.all()) {
    sim::FileState file;
    file.name = inode->name;
    file.object = object;
    file.size = inode->first_size;
    if (!inode->watch.is_open()) {  // never used: it is as it was, and not in memory
      seen.files.push_back(std::move(file));
      continue;
    }
    file.size = sim::Bytes{size_of(*inode)};
    for (const auto& open : host.now->files.all()) {
      if (open->inode != inode.get()) continue;
      const auto position = static_cast<std::uint64_t>(::lseek(open->real.number(), 0, SEEK_CUR));
      file.descriptors.push_back({open->fd, sim::FileOffset{position}});
    }
    const PageRange all{0, host.geometry.pages_for(file.size).count};
    parts_->unasked.settle(*inode);
    file.resident = host.cache.resident(inode->watch.number(), all);
    if (host.shows_dirty) file.dirty = host.cache.dirty(inode->watch.number(), all);
    notice_background(*inode, kAllPages, file.dirty, sim::Noticed::at_look);
    seen.files.push_back(std::move(file));
  }
  observe_processes(seen);
  return seen;
}

// Reads a file's bytes page by page without changing what is cached: resident pages through the
// page cache, absent ones past it. (A read past the cache writes the range's dirty pages first, and
// an absent page is not dirty.)
class LinuxHost::Reader {
 public:
  Reader(const HostParts& host, const Inode& inode)
      : host_(&host),
        inode_(&inode),
        direct_(::open(("/proc/self/fd/" + std::to_string(inode.watch.number())).c_str(),
                       O_RDONLY | O_DIRECT | O_CLOEXEC)),
        page_(static_cast<std::byte*>(std::aligned_alloc(page_bytes(), page_bytes()))) {
    if (direct_.is_open()) ::posix_fadvise(direct_.number(), 0, 0, POSIX_FADV_RANDOM);
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { std::free(page_); }

  bool has_read_absent() const { return has_read_absent_; }

  // The whole page; bytes past the end of the file are zero. Null: it cannot be read (errno).
  const std::byte* page(std::uint64_t number, const PageRanges& resident) {
    std::memset(page_, 0, page_bytes());
    const bool cached = holds(resident, number) || !host_->cache.shows_residency();
    const auto offset = static_cast<off_t>(number << host_->geometry.shift());
    const bool past = direct_.is_open() && (!cached || is_marked(number));
    const int fd = past ? direct_.number() : inode_->watch.number();
    has_read_absent_ = has_read_absent_ || !cached;
    if (::pread(fd, page_, page_bytes(), offset) < 0) return nullptr;
    // No way past the cache, or one that goes through it (btrfs: compressed, inline): put it back.
    if (!cached && (!past || host_->cache.page(fd, sim::PgOff{number}).cached)) {
      ::posix_fadvise(fd, offset, static_cast<off_t>(page_bytes()), POSIX_FADV_DONTNEED);
    }
    return page_;
  }

 private:
  // Default mode: a page of the cache may carry the mark that makes its reader read ahead. Where
  // the disk holds the same, it is read there.
  bool is_marked(std::uint64_t number) const {
    return host_->mode == Mode::kernel_default && host_->shows_dirty &&
           !host_->cache.page(inode_->watch.number(), sim::PgOff{number}).dirty;
  }
  std::size_t page_bytes() const { return host_->geometry.page_size().count; }

  const HostParts* host_;
  const Inode* inode_;
  Descriptor direct_;
  std::byte* page_;
  bool has_read_absent_ = false;
};

namespace {

// The mapping a program looks through: its newest live private one that holds copies matters, a
// shared one shows the page cache.
const Origin* newest_view(const HostParts& host, const Inode& inode) {
  const auto& origins = host.now->areas.origins();
  for (auto it = origins.rbegin(); it != origins.rend(); ++it) {
    if ((*it)->inode == &inode) return it->get();
  }
  return nullptr;
}

// The program's own copy of the file's page, if its newest mapping holds one.
const std::byte* copy_of(HostParts& host, const Swap& swap, const Origin* view,
                         std::uint64_t file_page, std::vector<std::byte>& kept) {
  if (view == nullptr || view->backing != Backing::file_private) return nullptr;
  if (file_page < view->first_file_page) return nullptr;
  const std::uint64_t page = file_page - view->first_file_page;
  if ((view->pages.get(page) & page_bit::copied) == 0) return nullptr;
  if ((view->pages.get(page) & page_bit::swapped) != 0) {
    kept = swap.bytes(*view, page);
    return kept.empty() ? nullptr : kept.data();
  }
  const std::uint64_t address = view->base + (page << host.geometry.shift());
  const Area* area = host.now->areas.find(address);
  if (area == nullptr || area->origin != view || !area->protection.read) return nullptr;
  const auto* bytes = reinterpret_cast<const std::byte*>(address);
  if (host.now->actor->is_this_process()) return bytes;
  kept.resize(host.geometry.page_size().count);
  const AccessSignal signal =
      host.now->actor->copy({.to = kept.data(), .from = bytes, .n = kept.size()});
  return signal.number == 0 ? kept.data() : nullptr;
}

}  // namespace

sim::FileBytes LinuxHost::bytes_of(std::string_view name, sim::Truth truth, sim::FileOffset from,
                                   sim::Bytes length) {
  HostParts& host = parts_->host;
  Inode* inode = host.inodes.find(name);
  if (inode == nullptr) return {std::nullopt, "no such file"};
  const std::uint64_t size = size_of(*inode);
  const std::uint64_t end = std::min(size, from.index + length.count);
  const PageRange pages{host.geometry.page_of(from).index,
                        host.geometry.pages_for(sim::Bytes{end}).count};
  if (truth == sim::Truth::durable) {
    if (!host.shows_dirty) return {std::nullopt, "not visible: dirty pages are not known here"};
    if (!host.cache.dirty(inode->watch.number(), pages).empty()) {
      return {std::nullopt, "not visible: looking would write it"};
    }
    bool is_being_written = false;  // dirty when last looked at, and clean by now
    inode->dirty.for_each(pages.first, pages.end, 1,
                          [&](std::uint64_t) { is_being_written = true; });
    if (is_being_written) return {std::nullopt, "not visible: the kernel writes it just now"};
    if (!inode->size_flushed) {
      return {std::nullopt, "not visible: the file's size is not flushed"};
    }
  }
  if (from.index >= end) return {std::vector<std::byte>{}, ""};
  const PageRanges resident = host.cache.resident(inode->watch.number(), pages);
  const Origin* view = truth == sim::Truth::program ? newest_view(host, *inode) : nullptr;
  const unsigned shift = host.geometry.shift();
  std::vector<std::byte> bytes(end - from.index);
  Reader reader(host, *inode);
  std::vector<std::byte> kept;
  for (std::uint64_t page = pages.first; page < pages.end; ++page) {
    const std::byte* content = copy_of(host, parts_->swap, view, page, kept);
    if (content == nullptr) content = reader.page(page, resident);
    if (content == nullptr) return {std::nullopt, std::strerror(errno)};
    const std::uint64_t first = std::max(page << shift, from.index);
    const std::uint64_t last = std::min((page + 1) << shift, end);
    std::memcpy(bytes.data() + (first - from.index), content + (first - (page << shift)),
                last - first);
  }
  // Measured on btrfs, Linux 6.18: pages that were dirty beside one that was written alone belong
  // to one extent with it, and are written when that page is read.
  if (reader.has_read_absent() && !inode->dirty.is_empty()) {
    const PageRange all{0, host.geometry.pages_for(sim::Bytes{size}).count};
    notice_background(*inode, kAllPages, host.cache.dirty(inode->watch.number(), all),
                      sim::Noticed::at_look);
  }
  return {std::move(bytes), ""};
}

}  // namespace real
