// open, close, lseek, ftruncate, fsync, unlink, rename.

#include "sim/kernel/file_calls.h"

#include <algorithm>
#include <csignal>

#include "sim/kernel/disk_faults.h"
#include "sim/kernel/page_cache.h"
#include "sim/kernel/replacement.h"
#include "sim/kernel/unmap.h"
#include "sim/kernel/writeback.h"

namespace sim {
namespace {

// NAME_MAX of ext4.
constexpr std::size_t kLongestName = 255;
// Descriptors a process may have (the usual soft RLIMIT_NOFILE of 1024, less the standard three).
constexpr std::size_t kMostDescriptors = 1021;

Errno check_name(std::string_view name) {
  if (!is_plain_name(name)) return Errno{EINVAL};
  if (name.size() > kLongestName) return Errno{ENAMETOOLONG};
  return Errno{0};
}

}  // namespace

bool is_plain_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

Bytes largest_file(const Kernel& k) { return Bytes{kMostPagesOfObject << k.geometry.shift()}; }

Result<Fd> open_file(Kernel& k, std::string_view name, OpenFlags flags) {
  if (const Errno bad = check_name(name); bad.number != 0) return bad;
  if (k.files.descriptors().size() >= kMostDescriptors) return Errno{EMFILE};
  Inode* inode = k.files.find(name);
  if (inode != nullptr && flags.create && flags.exclusive) return Errno{EEXIST};
  if (inode == nullptr && !flags.create) return Errno{ENOENT};
  if (inode == nullptr) {
    inode = &k.files.create(name, k.next_object++);
    k.directory.change({.removed = "", .added = std::string(name), .file = inode->object});
  } else if (flags.truncate) {
    if (const Status cut = set_size(k, *inode, Bytes{0}); !cut) return Errno{cut.error()};
  }
  const Fd fd = k.files.open({inode->object, FileOffset{0}, flags.access, flags.append});
  opened(k, *inode, k.files.find(fd)->number);
  return fd;
}

Status close_file(Kernel& k, Fd fd) {
  const OpenDescription* descriptor = k.files.find(fd);
  if (descriptor == nullptr) return Errno{EBADF};
  const std::uint32_t object = descriptor->file;
  const std::uint64_t description = descriptor->number;
  k.files.close(fd);
  let_go(k, object, description);
  drop_if_orphan(k, object);
  return done();
}

Result<FileOffset> seek(Kernel& k, Fd fd, std::int64_t offset, Whence whence) {
  OpenDescription* descriptor = k.files.find(fd);
  if (descriptor == nullptr) return Errno{EBADF};
  std::uint64_t from = 0;
  switch (whence) {
    case Whence::set: break;
    case Whence::current: from = descriptor->position.index; break;
    case Whence::end: from = k.files.inode(descriptor->file).size.count; break;
  }
  std::int64_t to = 0;
  if (__builtin_add_overflow(static_cast<std::int64_t>(from), offset, &to)) {
    return Errno{EOVERFLOW};
  }
  if (to < 0) return Errno{EINVAL};
  if (static_cast<std::uint64_t>(to) > largest_file(k).count) return Errno{EINVAL};  // as ext4
  descriptor->position = FileOffset{static_cast<std::uint64_t>(to)};
  return descriptor->position;
}

Result<OldTail> bring_in_tail(Kernel& k, Inode& inode, Bytes size) {
  OldTail tail{k.geometry.page_of(FileOffset{size.count}), std::nullopt};
  if (k.geometry.within_page(FileOffset{size.count}).count == 0) return tail;
  if (!k.holds(Rule::old_end)) return tail;
  tail.frame = inode.cache.find(tail.page);
  if (tail.frame) return tail;
  const Result<Pfn> frame = bring_in(k, inode, tail.page, Fill::from_disk);
  if (!frame) return Errno{frame.error()};
  tail.frame = *frame;
  return tail;
}

void zero_tail(Kernel& k, Inode& inode, const OldTail& tail, FileOffset from, FileOffset to) {
  if (!tail.frame) return;
  zero_bytes(k, *tail.frame, {tail.page, from, to});
  if (inode.disk.block(tail.page)) mark_dirty(k, inode, *tail.frame);
}

namespace {

OldTail cached_tail(const Kernel& k, const Inode& inode, Bytes size) {
  const PgOff page = k.geometry.page_of(FileOffset{size.count});
  if (k.geometry.within_page(FileOffset{size.count}).count == 0) return {page, std::nullopt};
  return {page, inode.cache.find(page)};
}

}  // namespace

Status set_size(Kernel& k, Inode& inode, Bytes size) {
  if (size > largest_file(k)) return Errno{EFBIG};
  const Bytes shorter = std::min(size, inode.size);
  const bool reads_end = k.format.cut_reads_end || size > inode.size;
  const Result<OldTail> tail =
      reads_end ? bring_in_tail(k, inode, shorter) : Result<OldTail>(cached_tail(k, inode, size));
  if (!tail) return Errno{tail.error()};
  if (size < inode.size) {
    const PgOff first_gone{k.geometry.pages_for(size).count};
    give_back_room(k, inode, first_gone);
    drop_pages_from(k, inode, first_gone);
    inode.disk.forget_from(first_gone);
  }
  inode.resize(size);
  if (size.count == 0) inode.was_emptied = true;
  const FileOffset from{shorter.count}, to = k.geometry.start_of(tail->page + Pages{1});
  if (reads_end) {
    zero_tail(k, inode, *tail, from, to);
  } else if (tail->frame) {
    zero_bytes(k, *tail->frame, {tail->page, from, to});
  }
  return done();
}

Status truncate_file(Kernel& k, Fd fd, Bytes size) {
  OpenDescription* descriptor = k.files.find(fd);
  if (descriptor == nullptr) return Errno{EBADF};
  if (!descriptor->can_write()) return Errno{EINVAL};
  Inode& inode = k.files.inode(descriptor->file);
  const PgOff tail = k.geometry.page_of(FileOffset{std::min(size, inode.size).count});
  const Status cut = set_size(k, inode, size);
  if (cut.error() == ENOMEM) return kill_for_memory(k, inode, tail);
  return cut;
}

Errno kill_for_memory(Kernel& k, const Inode& inode, PgOff page) {
  k.events.emit(EventKind::signal, {inode.object, static_cast<std::uint32_t>(page.index)}, SIGKILL);
  k.events.count_touches(1);
  return Errno{ENOMEM};
}

Status sync_file(Kernel& k, Fd fd) {
  OpenDescription* descriptor = k.files.find(fd);
  if (descriptor == nullptr) return Errno{EBADF};
  Inode& inode = k.files.inode(descriptor->file);
  flush(k, inode, PgOff{0}, kEndOfPages);
  return take_write_error(k, inode, descriptor->number);
}

Status unlink_file(Kernel& k, std::string_view name) {
  if (const Errno bad = check_name(name); bad.number != 0) return bad;
  Inode* inode = k.files.find(name);
  if (inode == nullptr) return Errno{ENOENT};
  k.directory.change({.removed = std::string(name), .added = "", .file = inode->object});
  k.files.take_name(*inode);
  drop_if_orphan(k, inode->object);
  return done();
}

Status rename_file(Kernel& k, std::string_view from, std::string_view to) {
  for (const std::string_view name : {from, to}) {
    if (const Errno bad = check_name(name); bad.number != 0) return bad;
  }
  Inode* inode = k.files.find(from);
  if (inode == nullptr) return Errno{ENOENT};
  if (from == to) return done();
  Inode* replaced = k.files.find(to);
  if (replaced != nullptr) write_back_replacement(k, *inode);
  k.directory.change({.removed = std::string(from),
                      .added = std::string(to),
                      .file = inode->object,
                      .replaced = replaced == nullptr ? kNoObject : replaced->object});
  if (replaced != nullptr) {
    k.files.take_name(*replaced);
    drop_if_orphan(k, replaced->object);
  }
  k.files.take_name(*inode);
  k.files.give_name(*inode, to);
  return done();
}

}  // namespace sim
