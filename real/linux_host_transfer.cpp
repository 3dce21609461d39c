// read() and write(): one piece for each page of the file and of the buffer.

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "real/kernel_calls.h"
#include "real/linux_host_parts.h"

namespace real {

using sim::Access;
using sim::Bytes;
using sim::Result;
using sim::SystemCall;

struct LinuxHost::Transfer {
  SystemCall call = SystemCall::read;
  sim::Fd fd;
  std::uint64_t buffer = 0;  // an address: the program's memory, or this process's own
  std::uint64_t length = 0;
  enum class Owner : std::uint8_t { program, interpreter } owner = Owner::program;
};

struct LinuxHost::Piece {
  OpenFile* file = nullptr;
  std::uint64_t offset = 0;  // in the file
  std::uint64_t buffer = 0;
  std::uint64_t length = 0;
  std::uint64_t moved = 0;
  std::uint64_t size = 0;  // of the file before it
};

namespace {

constexpr std::uint64_t kLongestTransfer = 0x7ffff000;  // what Linux moves in one call

}  // namespace

// One real call that stays in one page of the file and in one of the buffer. Returns an errno.
int LinuxHost::move_piece(const Transfer& transfer, Piece& piece) {
  HostParts& host = parts_->host;
  Touches& touches = parts_->touches;
  const bool reads = transfer.call == SystemCall::read;
  const bool has_touches = transfer.owner == Transfer::Owner::program;
  parts_->mirror.before(has_touches ? 2 : 1);
  const Area* area = has_touches ? host.areas.find(piece.buffer) : nullptr;

  BufferTouch buffer{.address = piece.buffer, .access = reads ? Access::write : Access::read};
  if (area != nullptr) buffer.before = touches.look(*area, piece.buffer, buffer.access);
  Inode* inode = piece.file->inode;
  FileTouch file{.inode = inode,
                 .page = host.geometry.page_of(sim::FileOffset{piece.offset}).index,
                 .access = reads ? Access::read : Access::write};
  file.before = touches.look(*inode, file.page);
  // A write beyond the end first fills what lies between with zeros.
  const sim::FileOffset old_end{piece.size};
  const std::uint64_t tail = host.geometry.page_of(old_end).index;
  const bool leaves_gap = !reads && piece.offset > piece.size && tail != file.page &&
                          host.geometry.within_page(old_end).count != 0;
  const FilePageBefore tail_before = leaves_gap ? touches.look(*inode, tail) : FilePageBefore{};

  const int fd = piece.file->real.number();
  // Where the program has no memory this process may have some: the kernel gets a page of nobody's.
  const bool is_nowhere = has_touches && area == nullptr;
  auto* memory = reinterpret_cast<std::byte*>(is_nowhere ? host.nowhere : piece.buffer);
  if (area != nullptr) touches.bring_in_buffer(buffer);
  host.faults.begin_call();
  const long n =
      reads ? plain_read(fd, memory, piece.length) : plain_write(fd, memory, piece.length);
  const int error = n < 0 ? errno : 0;
  const FaultCounts taken = host.faults.end_call();
  if (error == EFAULT && reads) {  // the file's page was there before the buffer was not
    file.read_from_disk = !file.before.state.cached && !file.before.hole;
    touches.file_touched(file);
  }
  if (error != 0) return error;

  piece.moved = static_cast<std::uint64_t>(n);
  buffer.faults = taken;
  const bool absent = !file.before.state.cached && !file.before.hole;
  // A store to a whole page reads nothing; what was read shows in the thread's block count.
  file.read_from_disk = absent && host.cache.shows_residency() && (reads || taken.blocks_read > 0);
  if (!reads && area != nullptr) touches.buffer_touched(*area, buffer);
  if (leaves_gap) touches.end_moved(*inode, tail, tail_before);
  touches.file_touched(file);
  if (reads && area != nullptr) touches.buffer_touched(*area, buffer);
  return 0;
}

Result<Bytes> LinuxHost::transfer(const Transfer& transfer) {
  HostParts& host = parts_->host;
  OpenFile* file = host.files.find(transfer.fd);
  if (file == nullptr) return failed(transfer.call, EBADF);
  const int fd = file->real.number();
  const bool reads = transfer.call == SystemCall::read;
  const sim::OpenAccess wrong = reads ? sim::OpenAccess::write_only : sim::OpenAccess::read_only;
  if (file->flags.access == wrong) return failed(transfer.call, EBADF, file->inode->object);
  const auto position = static_cast<std::uint64_t>(::lseek(fd, 0, SEEK_CUR));
  const auto size = static_cast<std::uint64_t>(::lseek(file->inode->watch.number(), 0, SEEK_END));
  Piece piece{.file = file,
              .offset = !reads && file->flags.append ? size : position,
              .buffer = transfer.buffer,
              .size = size};
  std::uint64_t left = std::min(transfer.length, kLongestTransfer);
  if (reads) left = std::min(left, size > position ? size - position : 0);
  if (left == 0) {  // nothing to move, but the descriptor may be of the wrong kind
    std::byte none{};
    const ssize_t n = reads ? ::read(fd, &none, 0) : ::write(fd, &none, 0);
    const int error = n < 0 ? errno : 0;
    if (error != 0) return failed(transfer.call, error, file->inode->object);
    returned({transfer.call, file->inode->object, 0, 0});
    return Bytes{0};
  }
  const std::uint64_t page_bytes = host.geometry.page_size().count;
  std::uint64_t done = 0;
  int error = 0;
  while (left > 0 && error == 0) {
    const auto to_edge = [&](std::uint64_t at) { return page_bytes - (at & (page_bytes - 1)); };
    piece.length = std::min(left, to_edge(piece.offset));
    if (transfer.owner == Transfer::Owner::program) {
      piece.length = std::min(piece.length, to_edge(piece.buffer));
    }
    piece.moved = 0;
    if (host.touches_left() < (transfer.owner == Transfer::Owner::program ? 2 : 1)) {
      error = EINTR;  // the computer stops
      break;
    }
    error = move_piece(transfer, piece);
    done += piece.moved;
    left -= piece.moved;
    piece.offset += piece.moved;
    piece.buffer += piece.moved;
    if (!reads && piece.offset > piece.size) file->inode->size_flushed = false;
    piece.size = std::max(piece.size, piece.offset);
    if (piece.moved < piece.length) break;  // short: the disk is full, or the file has shrunk
  }
  if (done > 0) {
    const std::uint64_t from = piece.offset - done;
    parts_->unasked.after_call(*file->inode,
                               {host.geometry.page_of(sim::FileOffset{from}).index,
                                host.geometry.pages_for(sim::Bytes{piece.offset}).count});
  }
  if (done == 0 && error != 0) return failed(transfer.call, error, file->inode->object);
  returned({transfer.call, file->inode->object, 0, done});
  return Bytes{done};
}

Result<Bytes> LinuxHost::read(sim::Fd fd, sim::MemoryBuffer into) {
  return transfer({SystemCall::read, fd, into.base.index, into.length.count});
}

Result<Bytes> LinuxHost::read(sim::Fd fd, std::span<std::byte> into) {
  return transfer({SystemCall::read, fd, reinterpret_cast<std::uint64_t>(into.data()), into.size(),
                   Transfer::Owner::interpreter});
}

Result<Bytes> LinuxHost::write(sim::Fd fd, sim::MemoryBuffer from) {
  return transfer({SystemCall::write, fd, from.base.index, from.length.count});
}

Result<Bytes> LinuxHost::write(sim::Fd fd, std::span<const std::byte> from) {
  return transfer({SystemCall::write, fd, reinterpret_cast<std::uint64_t>(from.data()), from.size(),
                   Transfer::Owner::interpreter});
}

}  // namespace real
