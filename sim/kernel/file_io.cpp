// The pieces of a read() or write().
//
// Which page of a piece is touched first, and what a piece of a write() reads from the disk, is as
// on ext4: the page cache's page before the copy to the user, the user's page before the copy from
// it, and a page that is overwritten only in part is read first (order-0 pages, Linux 6.18).

#include "sim/kernel/file_io.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <variant>

#include "sim/kernel/disk_faults.h"
#include "sim/kernel/file_calls.h"
#include "sim/kernel/page_cache.h"
#include "sim/kernel/timers.h"
#include "sim/kernel/touch.h"
#include "sim/kernel/writeback.h"

namespace sim {
namespace {

// What one call moves at most: MAX_RW_COUNT, INT_MAX rounded down to a 4 KiB page.
constexpr std::uint64_t kMostBytesOfCall = 0x7ffff000;

constexpr std::uint8_t kFileOperand = 0;
constexpr std::uint8_t kBufferOperand = 1;

// One end of the move: pages of the computer's memory, or bytes outside it that cost no touch.
class Buffer {
 public:
  Buffer(Kernel& k, MemoryBuffer buffer)
      : k_(k), base_(buffer.base), length_(buffer.length), host_(nullptr) {}
  Buffer(Kernel& k, std::byte* host, std::size_t length) : k_(k), length_(length), host_(host) {}

  bool is_memory() const { return host_ == nullptr; }
  Bytes length() const { return Bytes{std::min(length_.count, kMostBytesOfCall)}; }

  // How many bytes from `done` on lie in one page.
  std::uint64_t contiguous(std::uint64_t done) const {
    if (host_ != nullptr) return length_.count - done;
    const VirtAddr at{base_.index + done};
    return k_.geometry.page_size().count - k_.geometry.within_page(at).count;
  }

  // Where byte `done` lies in its page.
  std::uint64_t within_page(std::uint64_t done) const {
    return k_.geometry.within_page(VirtAddr{base_.index + done}).count;
  }

  // The page with byte `done` belongs to a map of the file that shows this page of it.
  bool shows(const Inode& inode, PgOff page, std::uint64_t done) const {
    if (host_ != nullptr) return false;
    const Vpn vpn = k_.geometry.page_of(VirtAddr{base_.index + done});
    const Vma* area = k_.space.find(vpn);
    return area != nullptr && area->file == inode.object && area->file_page_at(vpn) == page;
  }

  // Touches the page with byte `done`, pins its frame and says where the byte is. Null: the page
  // cannot be accessed, and `why` says why.
  std::byte* touch(std::uint64_t done, Access access) {
    if (host_ != nullptr) return host_ + done;
    const VirtAddr at{base_.index + done};
    page_ = k_.geometry.page_of(at);
    const TouchResult touched =
        touch_page(k_, {page_, access, kBufferOperand, Toucher::system_call});
    why_ = touched.why;
    if (touched.bytes == nullptr) return nullptr;
    const Pte pte = k_.mmu.walk(page_);
    if (pte.has_frame()) k_.pins.pin(pte.frame());
    return touched.bytes + k_.geometry.within_page(at).count;
  }

  // Where byte `done` lies after other pages moved. Requires: touched, and pinned since.
  const std::byte* bytes(std::uint64_t done) const {
    if (host_ != nullptr) return host_ + done;
    const Pte pte = k_.mmu.walk(page_);
    const std::byte* page = pte.has_frame() ? k_.memory.bytes(pte.frame()) : kZeroBytes;
    return page + k_.geometry.within_page(VirtAddr{base_.index + done}).count;
  }

  Errno error() const { return Errno{why_ == FaultResult::out_of_memory ? ENOMEM : EFAULT}; }

 private:
  Kernel& k_;
  VirtAddr base_;
  Bytes length_;
  std::byte* host_;
  Vpn page_;
  FaultResult why_ = FaultResult::mapped;
};

void touch_file_page(Kernel& k, Pfn frame, Access access) {
  k.policy.on_access(frame);
  k.frames.set_referenced(frame);
  emit_access(k, k.memory.page(frame), access, kFileOperand);
}

struct Piece {
  FileOffset at;            // in the file
  std::uint64_t done = 0;   // bytes of the call before it
  std::uint64_t count = 0;  // bytes of it
};

Piece next_piece(const Kernel& k, const Buffer& buffer, FileOffset start, std::uint64_t done,
                 std::uint64_t total) {
  const FileOffset at{start.index + done};
  const std::uint64_t in_file_page =
      k.geometry.page_size().count - k.geometry.within_page(at).count;
  return {at, done, std::min({total - done, in_file_page, buffer.contiguous(done)})};
}

// The page of the file, brought in if it has to be.
Result<Pfn> cached(Kernel& k, Inode& inode, PgOff page, Fill fill) {
  if (const std::optional<Pfn> frame = inode.cache.find(page)) return *frame;
  return bring_in(k, inode, page, fill);
}

// Bytes on their way between the file's page and the buffer's. Where both are one page, and the
// move is upwards onto itself, bytes that were just moved may be moved again: as this computer was
// told that processors do it, else one after the other.
void copy(Kernel& k, SystemCall call, std::byte* to, const std::byte* from, std::uint64_t count,
          std::uint64_t to_in_page) {
  const std::less<const std::byte*> is_before;
  if (!is_before(from, to) || !is_before(to, from + count)) {
    std::memmove(to, from, count);
    return;
  }
  const auto distance = static_cast<std::uint64_t>(to - from);
  if (k.page_copy != nullptr) {
    const std::span page(to - to_in_page, k.geometry.page_size().count);
    return k.page_copy->move(page, {call, to_in_page - distance, to_in_page, count});
  }
  for (std::uint64_t i = 0; i < count; ++i) to[i] = from[i];
}

Errno read_piece(Kernel& k, Inode& inode, Buffer& buffer, const Piece& piece) {
  const PgOff page = k.geometry.page_of(piece.at);
  const Result<Pfn> frame = cached(k, inode, page, Fill::from_disk);
  if (!frame) return Errno{frame.error()};
  k.pins.pin(*frame);
  touch_file_page(k, *frame, Access::read);
  std::byte* to = buffer.touch(piece.done, Access::write);
  if (to == nullptr) return buffer.error();
  const std::byte* from = k.memory.bytes(*frame) + k.geometry.within_page(piece.at).count;
  copy(k, SystemCall::read, to, from, piece.count, buffer.within_page(piece.done));
  return Errno{0};
}

// A write that starts beyond the end leaves zeros between the two. The old end's page stays until
// the write is done: to the program it is one step.
Errno fill_gap(Kernel& k, Inode& inode, FileOffset to) {
  const Result<OldTail> tail = bring_in_tail(k, inode, inode.size);
  if (!tail) return Errno{tail.error()};
  if (tail->frame) k.pins.pin(*tail->frame);
  zero_tail(k, inode, *tail, FileOffset{inode.size.count}, to);
  return Errno{0};
}

Errno write_piece(Kernel& k, Inode& inode, Buffer& buffer, const Piece& piece) {
  const PgOff page = k.geometry.page_of(piece.at);
  const bool reads = piece.count < k.geometry.page_size().count && k.holds(Rule::partial_write);
  // Linux has the file's page ready when it misses the buffer's. Where both are one page, the fault
  // finds it in memory: read for part of a page, zeros for one without a block (6.18, ext4,
  // measured: minor). For a whole page that has a block there is nothing to find yet: major.
  const bool is_ready = reads || !inode.disk.block(page);
  if (is_ready && buffer.shows(inode, page, piece.done)) {
    const Result<Pfn> own = cached(k, inode, page, Fill::from_disk);
    if (!own) return Errno{own.error()};
  }
  if (buffer.touch(piece.done, Access::read) == nullptr) return buffer.error();
  if (piece.at.index > inode.size.count) {
    if (const Errno error = fill_gap(k, inode, piece.at); error.number != 0) return error;
  }
  const Result<Pfn> frame = cached(k, inode, page, reads ? Fill::from_disk : Fill::not_read);
  if (!frame) return Errno{frame.error()};
  if (!reserve_block(k, inode, page)) return Errno{ENOSPC};
  inode.resize(std::max(inode.size, Bytes{piece.at.index + piece.count}));
  const std::uint64_t within = k.geometry.within_page(piece.at).count;
  std::byte* to = k.memory.writable_bytes(*frame) + within;
  copy(k, SystemCall::write, to, buffer.bytes(piece.done), piece.count, within);
  mark_dirty(k, inode, *frame);
  touch_file_page(k, *frame, Access::write);
  return Errno{0};
}

using PieceFunction = Errno (*)(Kernel&, Inode&, Buffer&, const Piece&);

// A piece's touches are made together or not at all: the real computer moves it in one system call,
// which cannot be stopped between the two.
bool stops_before(Kernel& k, const Buffer& buffer) {
  const std::uint64_t touches = buffer.is_memory() ? 2 : 1;
  return k.stop_touch - std::min(k.stop_touch, k.events.touches()) < touches;
}

// Moves pieces until the total is done or one fails; the call fails only if its first piece does.
Result<Bytes> move_pieces(Kernel& k, OpenDescription& descriptor, Buffer buffer,
                          std::uint64_t total, PieceFunction move) {
  Inode& inode = k.files.inode(descriptor.file);
  const FileOffset start = descriptor.position;
  std::uint64_t done = 0;
  Errno error;
  while (done < total && error.number == 0) {
    if (stops_before(k, buffer)) {
      error = Errno{EINTR};
      break;
    }
    if (k.events.is_due()) (void)do_what_is_due(k);
    const Piece piece = next_piece(k, buffer, start, done, total);
    error = move(k, inode, buffer, piece);
    k.pins.unpin_all();
    if (error.number == ENOMEM) {
      descriptor.position = piece.at;
      return kill_for_memory(k, inode, k.geometry.page_of(piece.at));
    }
    if (error.number == 0) done += piece.count;
  }
  if (done == 0 && error.number != 0) return error;
  descriptor.position = FileOffset{start.index + done};
  return Bytes{done};
}

Result<Bytes> read_buffer(Kernel& k, Fd fd, const Buffer& buffer) {
  OpenDescription* descriptor = k.files.find(fd);
  if (descriptor == nullptr || !descriptor->can_read()) return Errno{EBADF};
  const std::uint64_t size = k.files.inode(descriptor->file).size.count;
  const std::uint64_t at = descriptor->position.index;
  const std::uint64_t total = at >= size ? 0 : std::min(buffer.length().count, size - at);
  return move_pieces(k, *descriptor, buffer, total, read_piece);
}

Result<Bytes> write_buffer(Kernel& k, Fd fd, const Buffer& buffer) {
  OpenDescription* descriptor = k.files.find(fd);
  if (descriptor == nullptr || !descriptor->can_write()) return Errno{EBADF};
  if (descriptor->append) {
    descriptor->position = FileOffset{k.files.inode(descriptor->file).size.count};
  }
  const std::uint64_t room = largest_file(k).count - descriptor->position.index;
  if (room == 0 && buffer.length().count > 0) return Errno{EFBIG};
  return move_pieces(k, *descriptor, buffer, std::min(buffer.length().count, room), write_piece);
}

}  // namespace

Result<Bytes> read_file(Kernel& k, Fd fd, MemoryBuffer buffer) {
  return read_buffer(k, fd, Buffer(k, buffer));
}

Result<Bytes> read_file(Kernel& k, Fd fd, std::span<std::byte> into) {
  if (into.empty()) return read_buffer(k, fd, Buffer(k, MemoryBuffer{}));
  return read_buffer(k, fd, Buffer(k, into.data(), into.size()));
}

Result<Bytes> write_file(Kernel& k, Fd fd, MemoryBuffer buffer) {
  return write_buffer(k, fd, Buffer(k, buffer));
}

Result<Bytes> write_file(Kernel& k, Fd fd, std::span<const std::byte> from) {
  if (from.empty()) return write_buffer(k, fd, Buffer(k, MemoryBuffer{}));
  // Only read from: write_piece() takes its bytes and stores none.
  return write_buffer(k, fd, Buffer(k, const_cast<std::byte*>(from.data()), from.size()));
}

}  // namespace sim
