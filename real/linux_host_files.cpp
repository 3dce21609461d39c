// The calls on files that move no bytes.

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "real/linux_host_parts.h"

namespace real {

using sim::Errno;
using sim::Result;
using sim::Status;
using sim::SystemCall;

namespace {

int error_of(int result) { return result < 0 ? errno : 0; }

int flags_for(sim::OpenFlags flags) {
  int bits = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;  // a link or a pipe has no place in scratch
  switch (flags.access) {
    case sim::OpenAccess::read_only: bits |= O_RDONLY; break;
    case sim::OpenAccess::write_only: bits |= O_WRONLY; break;
    case sim::OpenAccess::read_write: bits |= O_RDWR; break;
  }
  if (flags.create) bits |= O_CREAT;
  if (flags.exclusive) bits |= O_EXCL;
  if (flags.truncate) bits |= O_TRUNC;
  if (flags.append) bits |= O_APPEND;
  return bits;
}

}  // namespace

Result<sim::Fd> LinuxHost::open(std::string_view name, sim::OpenFlags flags) {
  HostParts& host = parts_->host;
  if (!is_plain_name(name)) return failed(SystemCall::open, EINVAL);
  const std::string path(name);
  const bool is_new = host.inodes.find(name) == nullptr;
  Descriptor real(::openat(host.directory, path.c_str(), flags_for(flags), 0644));
  if (!real.is_open()) return failed(SystemCall::open, errno);
  Inode* inode = host.inodes.known(real.number(), path);
  if (inode == nullptr) return failed(SystemCall::open, errno);
  // Per descriptor; reads are then exact.
  if (host.mode == Mode::exact) ::posix_fadvise(real.number(), 0, 0, POSIX_FADV_RANDOM);
  if (flags.truncate) pages_went(inode->object, 0);
  if (flags.truncate || is_new) inode->size_flushed = false;
  host.inodes.use(*inode);
  OpenFile& file = host.now->files.add(std::move(real), *inode, flags);
  if (!host.now->actor->is_this_process()) open_there(file, path);
  returned({SystemCall::open, inode->object, 0, 0});
  return file.fd;
}

// A forked process opens the file for itself: descriptors cannot be handed to it (forked_actor.h).
void LinuxHost::open_there(OpenFile& file, const std::string& path) {
  HostParts& host = parts_->host;
  std::vector<std::byte> name(path.size() + 1);
  std::copy_n(reinterpret_cast<const std::byte*>(path.data()), path.size(), name.begin());
  sim::OpenFlags flags = file.flags;
  flags.create = flags.exclusive = flags.truncate = false;
  const long there = host.now->actor->call(
      SYS_openat,
      {static_cast<std::uint64_t>(host.directory), 0, static_cast<std::uint64_t>(flags_for(flags))},
      {1, name});
  file.there = static_cast<int>(there);  // negative: its use fails with EBADF
  file.is_open_twice = true;
  if (host.mode == Mode::exact && there >= 0) {
    host.now->actor->call(SYS_fadvise64, {static_cast<std::uint64_t>(there), 0, 0,
                                          static_cast<std::uint64_t>(POSIX_FADV_RANDOM)});
  }
}

Status LinuxHost::close(sim::Fd fd) {
  HostParts& host = parts_->host;
  OpenFile* file = host.now->files.find(fd);
  if (file == nullptr) return failed(SystemCall::close, EBADF);
  Inode* inode = file->inode;
  const std::uint32_t object = inode->object;
  if (!host.now->actor->is_this_process()) {
    host.now->actor->call(SYS_close, {static_cast<std::uint64_t>(file->there)});
  }
  settle(*inode, Call::to_come);
  host.now->files.remove(fd);
  let_go(inode);
  return status(SystemCall::close, 0, object);
}

Result<sim::FileOffset> LinuxHost::lseek(sim::Fd fd, std::int64_t offset, sim::Whence whence) {
  OpenFile* file = parts_->host.now->files.find(fd);
  if (file == nullptr) return failed(SystemCall::lseek, EBADF);
  int from = SEEK_SET;
  switch (whence) {
    case sim::Whence::set: break;
    case sim::Whence::current: from = SEEK_CUR; break;
    case sim::Whence::end: from = SEEK_END; break;
  }
  const off_t position = ::lseek(file->real.number(), offset, from);
  if (position < 0) return failed(SystemCall::lseek, errno, file->inode->object);
  returned({SystemCall::lseek, file->inode->object, 0, 0});
  return sim::FileOffset{static_cast<std::uint64_t>(position)};
}

// The pages of [first, end) that are still mapped are as if never touched.
void LinuxHost::forget_pages(const Origin& origin, std::uint64_t first, std::uint64_t end) {
  HostParts& host = parts_->host;
  for (const Area& area : host.now->areas.all()) {
    if (area.origin != &origin) continue;
    const std::uint64_t from = std::max(first, host.now->areas.page_in(origin, area.base));
    const std::uint64_t to = std::min(end, host.now->areas.page_in(origin, area.end));
    const int error = from < to ? parts_->swap.forget(area, from, to) : 0;
    if (error != 0) {
      remarks_.push_back(std::string("a page could not be made fresh again: ") +
                         std::strerror(error));
    }
  }
}

// Pages from first_page on left the file: no mapping shows them any more, not even as a copy.
void LinuxHost::pages_went(std::uint32_t object, std::uint64_t first_page) {
  HostParts& host = parts_->host;
  constexpr std::uint64_t kEnd = std::uint64_t{1} << 52;
  constexpr std::uint8_t kAll = 0xff;
  host.inodes.all().at(object)->dirty.clear_range(first_page, kEnd, kAll);
  host.for_each_process([&] {
    for (const auto& origin : host.now->areas.origins()) {
      if (!origin->is_file() || origin->inode->object != object) continue;
      const std::uint64_t from = std::max(first_page, origin->first_file_page);
      forget_pages(*origin, from - origin->first_file_page, kEnd);
    }
  });
}

Status LinuxHost::ftruncate(sim::Fd fd, sim::Bytes size) {
  HostParts& host = parts_->host;
  OpenFile* file = host.now->files.find(fd);
  if (file == nullptr) return failed(SystemCall::ftruncate, EBADF);
  Inode& inode = *file->inode;
  parts_->mirror.before(1);
  const auto old_size = static_cast<std::uint64_t>(::lseek(inode.watch.number(), 0, SEEK_END));
  const std::uint64_t shorter = std::min(old_size, size.count);
  const std::uint64_t tail = host.geometry.page_of(sim::FileOffset{shorter}).index;
  if (host.dies_in_call()) {
    return failed(SystemCall::ftruncate, parts_->touches.die(inode, tail), inode.object);
  }
  const bool cuts_page = host.geometry.within_page(sim::FileOffset{shorter}).count != 0;
  const FilePageBefore before = cuts_page ? parts_->touches.look(inode, tail) : FilePageBefore{};
  const std::uint64_t blocks = faults_so_far().blocks_read;
  const int error = error_of(::ftruncate(file->real.number(), static_cast<off_t>(size.count)));
  const std::uint64_t read = faults_so_far().blocks_read - blocks;
  host.disk_read(read);
  if (error != 0) return failed(SystemCall::ftruncate, error, inode.object);
  pages_went(inode.object, host.geometry.pages_for(sim::Bytes{shorter}).count);
  inode.size_flushed = false;
  if (cuts_page) parts_->touches.end_moved(inode, tail, before, read > 0);
  parts_->unasked.after_truncate(inode, host.geometry.pages_for(size).count);
  return status(SystemCall::ftruncate, 0, inode.object);
}

Status LinuxHost::fsync(sim::Fd fd) {
  HostParts& host = parts_->host;
  OpenFile* file = host.now->files.find(fd);
  if (file == nullptr) return failed(SystemCall::fsync, EBADF);
  Inode& inode = *file->inode;
  const auto size = static_cast<std::uint64_t>(::lseek(inode.watch.number(), 0, SEEK_END));
  const sim::PageRange all{0, host.geometry.pages_for(sim::Bytes{size}).count};
  sim::PageRanges dirty;
  if (host.shows_dirty) dirty = host.cache.dirty(inode.watch.number(), all);
  notice_background(inode, all, dirty, sim::Noticed::in_call);
  const int error = error_of(::fsync(file->real.number()));
  if (error == 0) inode.size_flushed = true;
  flushed(inode.object, dirty);
  return status(SystemCall::fsync, error, inode.object);
}

// Of the pages that were dirty, those that are clean now were written back because we asked.
void LinuxHost::flushed(std::uint32_t object, const sim::PageRanges& dirty_before) {
  HostParts& host = parts_->host;
  Inode& inode = *host.inodes.all().at(object);
  for (const sim::PageRange& range : dirty_before.ranges()) {
    const sim::PageRanges still = host.cache.dirty(inode.watch.number(), range);
    auto next = still.ranges().begin();
    for (std::uint64_t page = range.first; page < range.end; ++page) {
      while (next != still.ranges().end() && next->end <= page) ++next;
      if (next != still.ranges().end() && next->first <= page) continue;
      note_clean(host, inode, page, sim::WriteBackReason::flush);
    }
  }
}

Result<sim::FileStat> LinuxHost::stat_of(int fd, std::uint32_t object) {
  struct stat seen {};
  if (::fstat(fd, &seen) != 0) return failed(SystemCall::fstat, errno, object);
  returned({SystemCall::fstat, object, 0, 0});
  return sim::FileStat{sim::Bytes{static_cast<std::uint64_t>(seen.st_size)}, object};
}

Result<sim::FileStat> LinuxHost::fstat(sim::Fd fd) {
  OpenFile* file = parts_->host.now->files.find(fd);
  if (file == nullptr) return failed(SystemCall::fstat, EBADF);
  return stat_of(file->real.number(), file->inode->object);
}

Result<sim::FileStat> LinuxHost::stat(std::string_view name) {
  if (!is_plain_name(name)) return failed(SystemCall::fstat, EINVAL);
  const Inode* inode = parts_->host.inodes.find(name);
  if (inode == nullptr) return failed(SystemCall::fstat, ENOENT);
  return stat_of(inode->watch.number(), inode->object);
}

Status LinuxHost::unlink(std::string_view name) {
  HostParts& host = parts_->host;
  if (!is_plain_name(name)) return failed(SystemCall::unlink, EINVAL);
  const Inode* inode = host.inodes.find(name);
  const std::uint32_t object = inode == nullptr ? sim::kNoObject : inode->object;
  const int error = error_of(::unlinkat(host.directory, std::string(name).c_str(), 0));
  if (error == 0) host.inodes.forget_name(name);
  return status(SystemCall::unlink, error, object);
}

Status LinuxHost::rename(std::string_view from, std::string_view to) {
  HostParts& host = parts_->host;
  if (!is_plain_name(from) || !is_plain_name(to)) return failed(SystemCall::rename, EINVAL);
  Inode* inode = host.inodes.find(from);
  const std::uint32_t object = inode == nullptr ? sim::kNoObject : inode->object;
  if (inode != nullptr) settle(*inode, Call::to_come);
  const int error = error_of(::renameat(host.directory, std::string(from).c_str(), host.directory,
                                        std::string(to).c_str()));
  if (error == 0 && inode != nullptr) settle(*inode, Call::done);
  if (error == 0) host.inodes.rename(from, to);
  return status(SystemCall::rename, error, object);
}

std::vector<std::string> LinuxHost::list_files() {
  std::vector<std::string> names;
  const int fd = ::openat(parts_->host.directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* directory = fd < 0 ? nullptr : ::fdopendir(fd);
  if (directory == nullptr) return names;
  while (const dirent* entry = ::readdir(directory)) {
    if (is_plain_name(entry->d_name)) names.emplace_back(entry->d_name);
  }
  ::closedir(directory);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace real
