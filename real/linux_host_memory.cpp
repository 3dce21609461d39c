// Mappings, and the program's accesses to them.

#include <fcntl.h>
#include <sys/mman.h>

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

int bits_of(sim::Protection protection) {
  return (protection.read ? PROT_READ : 0) | (protection.write ? PROT_WRITE : 0);
}

Backing backing_of(const sim::MapRequest& request) {
  const bool shared = request.sharing == sim::Sharing::shared;
  if (request.file) return shared ? Backing::file_shared : Backing::file_private;
  return shared ? Backing::shared_anonymous : Backing::anonymous;
}

void* pointer_to(std::uint64_t address) { return reinterpret_cast<void*>(address); }

}  // namespace

Result<sim::Mapping> LinuxHost::mmap(const sim::MapRequest& request) {
  HostParts& host = parts_->host;
  OpenFile* file = nullptr;
  if (request.file) {
    file = host.files.find(*request.file);
    if (file == nullptr) return failed(SystemCall::mmap, EBADF);
  }
  auto origin = std::make_unique<Origin>();
  origin->backing = backing_of(request);
  const bool shared = request.sharing == sim::Sharing::shared;
  // userfaultfd does not take a shared map that can never be written. A private one shows the same
  // pages as long as nobody stores to it, and nobody can: see mprotect().
  origin->may_write = !shared || file == nullptr || file->flags.access != OpenAccess::read_only;
  const bool never_written = !origin->may_write && !request.protection.write;
  const bool as_private = !shared || (host.mode == Mode::exact && never_written);
  const int flags = (as_private ? MAP_PRIVATE : MAP_SHARED) |
                    (file == nullptr ? MAP_ANONYMOUS : 0) | MAP_NORESERVE;
  void* base =
      ::mmap(nullptr, request.length.count, bits_of(request.protection), flags,
             file == nullptr ? -1 : file->real.number(), static_cast<off_t>(request.offset.index));
  if (base == MAP_FAILED) return failed(SystemCall::mmap, errno);
  origin->base = reinterpret_cast<std::uint64_t>(base);
  origin->bytes = host.geometry.pages_for(request.length).count << host.geometry.shift();
  origin->first_file_page = host.geometry.page_of(request.offset).index;
  if (file != nullptr) {
    origin->inode = file->inode;
    if (!shared) origin->file = Descriptor(::fcntl(file->real.number(), F_DUPFD_CLOEXEC, 0));
    host.inodes.use(*file->inode);
  }
  origin->object = origin->owns_pages() ? host.ordinals.next() : file->inode->object;
  advise(VirtAddr{origin->base}, Bytes{origin->bytes}, file != nullptr);
  const Origin& made = host.areas.add(std::move(origin), request.protection);
  returned({SystemCall::mmap, made.object, 0, 0});
  return sim::Mapping{VirtAddr{made.base}, made.object};
}

// Exact mode: no readahead, no fault-around, no huge pages.
void LinuxHost::advise(VirtAddr base, Bytes length, bool is_file) {
  if (parts_->host.mode != Mode::exact) return;
  void* start = pointer_to(base.index);
  ::madvise(start, length.count, MADV_NOHUGEPAGE);  // EINVAL without THP: nothing to forbid
  if (!is_file) return;
  if (::madvise(start, length.count, MADV_RANDOM) != 0) {
    remarks_.push_back(std::string("MADV_RANDOM: ") + std::strerror(errno) +
                       ": readahead brings in pages that nothing asked for");
  }
  if (parts_->userfault.is_available() && !parts_->userfault.register_file(base, length)) {
    remarks_.push_back(std::string("a mapping could not be registered with userfaultfd: ") +
                       std::strerror(errno) +
                       ": there can be fewer minor faults than on the simulated computer");
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

int error_of(int result) { return result < 0 ? errno : 0; }

std::uint32_t object_at(HostParts& host, VirtAddr address) {
  const Area* area = host.areas.find(address.index);
  return area == nullptr ? sim::kNoObject : area->origin->object;
}

}  // namespace

// A descriptor or the last part of a mapping went.
void LinuxHost::let_go(Inode* inode) {
  if (inode == nullptr) return;
  settle(*inode);
  parts_->host.inodes.release(*inode);
}

Status LinuxHost::munmap(VirtAddr base, Bytes length) {
  HostParts& host = parts_->host;
  const std::uint32_t object = object_at(host, base);
  const Range range = range_of(host, base, length);
  if (!range.is_valid || length.count == 0) return failed(SystemCall::munmap, EINVAL, object);
  for (Area* area : host.areas.isolate(range.from, range.end)) {
    const int error = error_of(::munmap(pointer_to(area->base), area->end - area->base));
    if (error != 0) return failed(SystemCall::munmap, error, object);
    Origin& origin = *area->origin;
    const std::uint64_t first = host.areas.page_in(origin, area->base);
    const std::uint64_t last = host.areas.page_in(origin, area->end);
    parts_->swap.forget_slots(origin, first, last);
    origin.pages.clear_range(first, last, 0xff);
    let_go(host.areas.remove(*area));
  }
  return status(SystemCall::munmap, 0, object);
}

Status LinuxHost::mprotect(VirtAddr base, Bytes length, sim::Protection protection) {
  HostParts& host = parts_->host;
  const std::uint32_t object = object_at(host, base);
  const Range range = range_of(host, base, length);
  if (!range.is_valid) return failed(SystemCall::mprotect, EINVAL, object);
  if (!host.areas.covers(range.from, range.end))
    return failed(SystemCall::mprotect, ENOMEM, object);
  const std::vector<Area*> areas = host.areas.isolate(range.from, range.end);
  const bool may_write = std::all_of(areas.begin(), areas.end(),
                                     [](const Area* area) { return area->origin->may_write; });
  if (protection.write && !may_write) return failed(SystemCall::mprotect, EACCES, object);
  for (Area* area : areas) {
    const std::uint64_t bytes = area->end - area->base;
    const int error = error_of(::mprotect(pointer_to(area->base), bytes, bits_of(protection)));
    if (error != 0) return failed(SystemCall::mprotect, error, object);
    area->protection = protection;
    Origin& origin = *area->origin;
    origin.pages.clear_range(host.areas.page_in(origin, area->base),
                             host.areas.page_in(origin, area->end), page_bit::writable);
  }
  return status(SystemCall::mprotect, 0, object);
}

Status LinuxHost::msync(VirtAddr base, Bytes length) {
  HostParts& host = parts_->host;
  const std::uint32_t object = object_at(host, base);
  const Range range = range_of(host, base, length);
  if (!range.is_valid) return failed(SystemCall::msync, EINVAL, object);
  int error = host.areas.covers(range.from, range.end) ? 0 : ENOMEM;  // but the rest is flushed
  for (const Area& area : host.areas.all()) {
    const std::uint64_t from = std::max(area.base, range.from);
    const std::uint64_t end = std::min(area.end, range.end);
    if (from >= end || area.origin->backing != Backing::file_shared) continue;
    const Origin& origin = *area.origin;
    Inode& inode = *origin.inode;
    const sim::PageRange pages{origin.first_file_page + host.areas.page_in(origin, from),
                               origin.first_file_page + host.areas.page_in(origin, end)};
    sim::PageRanges dirty;
    if (host.shows_dirty) dirty = host.cache.dirty(inode.watch.number(), pages);
    notice_background(inode, pages, dirty, sim::Noticed::in_call);
    if (::msync(pointer_to(from), end - from, MS_SYNC) == 0) {
      inode.size_flushed = true;  // msync is an fsync of the range, the inode's changes included
    } else {
      error = errno;
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
  if (!host.areas.covers(range.from, range.end)) return failed(SystemCall::madvise, ENOMEM, object);
  if (advice != sim::Advice::dont_need) return status(SystemCall::madvise, 0, object);
  for (Area* area : host.areas.isolate(range.from, range.end)) {
    const std::uint64_t bytes = area->end - area->base;
    const int error = error_of(::madvise(pointer_to(area->base), bytes, MADV_DONTNEED));
    if (error != 0) return failed(SystemCall::madvise, error, object);
    const Origin& origin = *area->origin;
    forget_pages(origin, host.areas.page_in(origin, area->base),
                 host.areas.page_in(origin, area->end));
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

void LinuxHost::exit() {
  HostParts& host = parts_->host;
  for (const Area& area : host.areas.all()) {
    ::munmap(pointer_to(area.base), area.end - area.base);
    let_go(host.areas.remove(area));
  }
  while (!host.files.all().empty()) {
    const OpenFile& file = *host.files.all().back();
    Inode* inode = file.inode;
    host.files.remove(file.fd);
    let_go(inode);
  }
  returned({SystemCall::exit, sim::kNoObject, 0, 0});
}

}  // namespace real
