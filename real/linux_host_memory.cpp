// Mappings, and the program's accesses to them.

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "real/linux_host_parts.h"

namespace real {

using sim::Bytes;
using sim::OpenAccess;
using sim::Outcome;
using sim::Result;
using sim::Status;
using sim::SystemCall;
using sim::VirtAddr;

namespace {

std::uint64_t bits_of(sim::Protection protection) {
  return (protection.read ? PROT_READ : 0u) | (protection.write ? PROT_WRITE : 0u);
}

Backing backing_of(const sim::MapRequest& request) {
  const bool shared = request.sharing == sim::Sharing::shared;
  if (request.file) return shared ? Backing::file_shared : Backing::file_private;
  return shared ? Backing::shared_anonymous : Backing::anonymous;
}

constexpr std::uint64_t kNoFile = ~std::uint64_t{0};

int error_of(long result) { return result < 0 ? static_cast<int>(-result) : 0; }

}  // namespace

Result<sim::Mapping> LinuxHost::mmap(const sim::MapRequest& request) {
  HostParts& host = parts_->host;
  OpenFile* file = nullptr;
  if (request.file) {
    file = host.now->files.find(*request.file);
    if (file == nullptr) return failed(SystemCall::mmap, EBADF);
  }
  auto origin = std::make_unique<Origin>();
  origin->backing = backing_of(request);
  const bool shared = request.sharing == sim::Sharing::shared;
  origin->may_write = !shared || file == nullptr || file->flags.access != OpenAccess::read_only;
  const std::uint64_t flags =
      (!shared ? MAP_PRIVATE : MAP_SHARED) | (file == nullptr ? MAP_ANONYMOUS : 0) | MAP_NORESERVE;
  const long base =
      map({.length = host.geometry.pages_for(request.length).count << host.geometry.shift(),
           .protection = bits_of(request.protection),
           .flags = flags,
           .file = file == nullptr ? kNoFile : static_cast<std::uint64_t>(file->there),
           .offset = request.offset.index});
  if (base < 0) return failed(SystemCall::mmap, error_of(base));
  origin->base = static_cast<std::uint64_t>(base);
  origin->bytes = host.geometry.pages_for(request.length).count << host.geometry.shift();
  origin->first_file_page = host.geometry.page_of(request.offset).index;
  if (file != nullptr) {
    origin->inode = file->inode;
    if (!shared) keep_open(*origin, *file);
    host.inodes.use(*file->inode);
  }
  origin->object = origin->owns_pages() ? host.ordinals.next() : file->inode->object;
  advise(VirtAddr{origin->base}, Bytes{origin->bytes}, file != nullptr);
  const Origin& made = host.now->areas.add(std::move(origin), request.protection);
  returned({SystemCall::mmap, made.object, 0, 0});
  return sim::Mapping{VirtAddr{made.base}, made.object};
}

// In exact mode a mapping gets a page that nobody can access behind it, as arrays have on the
// simulated computer: the kernel would otherwise join neighbours, and treat them as one at a fork
// (vma_needs_copy) or map pages of one at a fault in the other.
long LinuxHost::map(const NewMapping& wanted) {
  HostParts& host = parts_->host;
  Actor& actor = *host.now->actor;
  if (host.mode != Mode::exact) {
    return actor.call(
        SYS_mmap, {0, wanted.length, wanted.protection, wanted.flags, wanted.file, wanted.offset});
  }
  const std::uint64_t guarded = wanted.length + page_size().count;
  if (guarded < wanted.length) return -ENOMEM;
  constexpr std::uint64_t kReserve = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  const long base = actor.call(SYS_mmap, {0, guarded, PROT_NONE, kReserve, kNoFile, 0});
  if (base < 0) return base;
  const long made =
      actor.call(SYS_mmap, {static_cast<std::uint64_t>(base), wanted.length, wanted.protection,
                            wanted.flags | MAP_FIXED, wanted.file, wanted.offset});
  if (made < 0) actor.call(SYS_munmap, {static_cast<std::uint64_t>(base), guarded});
  return made;
}

// The guard behind a mapping goes with the last of it.
void LinuxHost::drop_guard(const Origin& origin) {
  HostParts& host = parts_->host;
  if (host.mode != Mode::exact) return;
  host.now->actor->call(SYS_munmap, {origin.base + origin.bytes, page_size().count});
}

void LinuxHost::keep_open(Origin& origin, const OpenFile& file) {
  origin.file = Descriptor(::fcntl(file.real.number(), F_DUPFD_CLOEXEC, 0));
  Actor& actor = *parts_->host.now->actor;
  origin.file_there =
      actor.is_this_process()
          ? origin.file.number()
          : static_cast<int>(actor.call(
                SYS_fcntl, {static_cast<std::uint64_t>(file.there), F_DUPFD_CLOEXEC, 0}));
}

// Exact mode: no readahead, no huge pages. (What fault-around maps is unmapped again: touches.cpp.)
void LinuxHost::advise(VirtAddr base, Bytes length, bool is_file) {
  if (parts_->host.mode != Mode::exact) return;
  Process& process = *parts_->host.now;
  // EINVAL without THP: nothing to forbid.
  process.actor->call(SYS_madvise, {base.index, length.count, MADV_NOHUGEPAGE});
  if (!is_file) return;
  const long advised = process.actor->call(SYS_madvise, {base.index, length.count, MADV_RANDOM});
  if (advised < 0) {
    remarks_.push_back(std::string("MADV_RANDOM: ") + std::strerror(error_of(advised)) +
                       ": readahead brings in pages that nothing asked for");
  }
}

namespace {

// The page-aligned range of a call, or EINVAL as Linux gives it.
struct Range {
  std::uint64_t from = 0;
  std::uint64_t end = 0;
  bool is_valid = false;
};
Range range_of(const HostParts& host, VirtAddr base, Bytes length) {
  const std::uint64_t bytes = host.geometry.pages_for(length).count << host.geometry.shift();
  const bool aligned = host.geometry.within_page(base).count == 0;
  const bool fits = bytes >= length.count && base.index + bytes >= base.index;
  return {base.index, base.index + bytes, aligned && fits};
}

std::uint32_t object_at(HostParts& host, VirtAddr address) {
  const Area* area = host.now->areas.find(address.index);
  return area == nullptr ? sim::kNoObject : area->origin->object;
}

}  // namespace

// A descriptor or the last part of a mapping went.
void LinuxHost::let_go(Inode* inode) {
  if (inode == nullptr) return;
  settle(*inode, Call::done);
  parts_->host.inodes.release(*inode);
}

Status LinuxHost::munmap(VirtAddr base, Bytes length) {
  HostParts& host = parts_->host;
  const std::uint32_t object = object_at(host, base);
  const Range range = range_of(host, base, length);
  if (!range.is_valid || length.count == 0) return failed(SystemCall::munmap, EINVAL, object);
  for (Area* area : host.now->areas.isolate(range.from, range.end)) {
    if (area->origin->inode != nullptr) settle(*area->origin->inode, Call::to_come);
    const int error =
        error_of(host.now->actor->call(SYS_munmap, {area->base, area->end - area->base}));
    if (error != 0) return failed(SystemCall::munmap, error, object);
    Origin& origin = *area->origin;
    const std::uint64_t first = host.now->areas.page_in(origin, area->base);
    const std::uint64_t last = host.now->areas.page_in(origin, area->end);
    parts_->swap.forget_slots(origin, first, last);
    origin.pages.clear_range(first, last, 0xff);
    if (origin.parts == 1) drop_guard(origin);
    let_go(host.now->areas.remove(*area));
  }
  return status(SystemCall::munmap, 0, object);
}

Status LinuxHost::mprotect(VirtAddr base, Bytes length, sim::Protection protection) {
  HostParts& host = parts_->host;
  const std::uint32_t object = object_at(host, base);
  const Range range = range_of(host, base, length);
  if (!range.is_valid) return failed(SystemCall::mprotect, EINVAL, object);
  if (!host.now->areas.covers(range.from, range.end))
    return failed(SystemCall::mprotect, ENOMEM, object);
  const std::vector<Area*> areas = host.now->areas.isolate(range.from, range.end);
  const bool may_write = std::all_of(areas.begin(), areas.end(),
                                     [](const Area* area) { return area->origin->may_write; });
  if (protection.write && !may_write) return failed(SystemCall::mprotect, EACCES, object);
  for (Area* area : areas) {
    const std::uint64_t bytes = area->end - area->base;
    const int error =
        error_of(host.now->actor->call(SYS_mprotect, {area->base, bytes, bits_of(protection)}));
    if (error != 0) return failed(SystemCall::mprotect, error, object);
    area->protection = protection;
    Origin& origin = *area->origin;
    origin.pages.clear_range(host.now->areas.page_in(origin, area->base),
                             host.now->areas.page_in(origin, area->end), page_bit::writable);
  }
  return status(SystemCall::mprotect, 0, object);
}

Status LinuxHost::msync(VirtAddr base, Bytes length) {
  HostParts& host = parts_->host;
  const std::uint32_t object = object_at(host, base);
  const Range range = range_of(host, base, length);
  if (!range.is_valid) return failed(SystemCall::msync, EINVAL, object);
  int error =
      host.now->areas.covers(range.from, range.end) ? 0 : ENOMEM;  // but the rest is flushed
  for (const Area& area : host.now->areas.all()) {
    const std::uint64_t from = std::max(area.base, range.from);
    const std::uint64_t end = std::min(area.end, range.end);
    if (from >= end || area.origin->backing != Backing::file_shared) continue;
    const Origin& origin = *area.origin;
    Inode& inode = *origin.inode;
    // A folio that reaches beyond the file's end counts as dirty there, too.
    const sim::Bytes size{static_cast<std::uint64_t>(::lseek(inode.watch.number(), 0, SEEK_END))};
    const std::uint64_t file_pages = host.geometry.pages_for(size).count;
    const auto page_at = [&](std::uint64_t address) {
      return std::min(origin.first_file_page + host.now->areas.page_in(origin, address),
                      file_pages);
    };
    const sim::PageRange pages{page_at(from), page_at(end)};
    sim::PageRanges dirty;
    if (host.shows_dirty) dirty = host.cache.dirty(inode.watch.number(), pages);
    notice_background(inode, pages, dirty, sim::Noticed::in_call);
    const long synced = host.now->actor->call(SYS_msync, {from, end - from, MS_SYNC});
    if (synced == 0) {
      inode.size_flushed = true;  // msync is an fsync of the range, the inode's changes included
    } else {
      error = error_of(synced);
    }
    flushed(inode.object, dirty);
  }
  return status(SystemCall::msync, error, object);
}

Status LinuxHost::madvise(VirtAddr base, Bytes length, sim::Advice advice) {
  HostParts& host = parts_->host;
  const std::uint32_t object = object_at(host, base);
  const Range range = range_of(host, base, length);
  if (!range.is_valid) return failed(SystemCall::madvise, EINVAL, object);
  if (!host.now->areas.covers(range.from, range.end))
    return failed(SystemCall::madvise, ENOMEM, object);
  if (advice != sim::Advice::dont_need) return status(SystemCall::madvise, 0, object);
  for (Area* area : host.now->areas.isolate(range.from, range.end)) {
    const std::uint64_t bytes = area->end - area->base;
    const int error =
        error_of(host.now->actor->call(SYS_madvise, {area->base, bytes, MADV_DONTNEED}));
    if (error != 0) return failed(SystemCall::madvise, error, object);
    const Origin& origin = *area->origin;
    forget_pages(origin, host.now->areas.page_in(origin, area->base),
                 host.now->areas.page_in(origin, area->end));
  }
  return status(SystemCall::madvise, 0, object);
}

namespace {

// The interpreter's side of an access must not fault inside the window.
void warm(const std::byte* bytes, std::size_t n, std::uint64_t page_bytes) {
  for (std::size_t at = 0; at < n; at += page_bytes) {
    static_cast<void>(*const_cast<const volatile std::byte*>(bytes + at));
  }
  if (n > 0) static_cast<void>(*const_cast<const volatile std::byte*>(bytes + n - 1));
}

}  // namespace

Outcome LinuxHost::load(VirtAddr from, std::span<std::byte> into) {
  const std::uint64_t page_bytes = page_size().count;
  // By a store: a load would only map the zero page.
  for (std::size_t at = 0; at < into.size(); at += page_bytes) {
    *const_cast<volatile std::byte*>(&into[at]) = std::byte{};
  }
  if (!into.empty()) *const_cast<volatile std::byte*>(&into.back()) = std::byte{};
  return parts_->touches.move(from.index, into.data(), into.size(), sim::Access::read, 0);
}

Outcome LinuxHost::store(VirtAddr to, std::span<const std::byte> from) {
  warm(from.data(), from.size(), page_size().count);
  auto* mine = const_cast<std::byte*>(from.data());  // only read from, by the direction
  return parts_->touches.move(to.index, mine, from.size(), sim::Access::write, 0);
}

Outcome LinuxHost::for_each(std::span<const sim::Operand> operands, std::uint64_t count,
                            sim::ElementLoop& loop) {
  SIM_CHECK(operands.size() <= sim::kMostOperands);
  for (const sim::Operand& operand : operands) SIM_CHECK(operand.size <= sim::kLargestElement);
  return parts_->touches.for_each(operands, count, loop);
}

}  // namespace real
