// read() and write(): told as one piece for each page of the file and of the buffer.
//
// In exact mode each piece is a system call of its own; in default mode the program's call is made
// as it is, and the pieces are what it was about.

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

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
  std::uint64_t left = 0;    // still to be moved
  enum class Owner : std::uint8_t { program, interpreter } owner = Owner::program;
  OpenFile* file = nullptr;
  std::uint64_t offset = 0;  // in the file
  std::uint64_t size = 0;    // of the file

  bool reads() const { return call == SystemCall::read; }
  std::uint64_t touches_of_a_piece() const { return owner == Owner::program ? 2 : 1; }
};

struct LinuxHost::Moved {
  std::uint64_t bytes = 0;
  int error = 0;
  bool is_short = false;  // there is no more to be had
};

struct LinuxHost::Piece {
  std::uint64_t length = 0;
  const Area* area = nullptr;  // that the buffer lies in
  BufferTouch buffer;
  FileTouch file;
};

namespace {

constexpr std::uint64_t kLongestTransfer = 0x7ffff000;  // what Linux moves in one call

// Looking would be most of the time that a program takes, where time is what is wanted.
bool is_unwatched(const HostParts& host) {
  return host.mode == Mode::kernel_default && !host.faults.is_on();
}

}  // namespace

// The pieces that the next system call is to move, as many as may be.
std::vector<LinuxHost::Piece> LinuxHost::next_pieces(const Transfer& t, std::uint64_t most) {
  HostParts& host = parts_->host;
  const std::uint64_t page_bytes = host.geometry.page_size().count;
  const auto to_edge = [&](std::uint64_t at) { return page_bytes - (at & (page_bytes - 1)); };
  std::vector<Piece> pieces;
  std::uint64_t moved = 0;
  while (moved < t.left && pieces.size() < most) {
    Piece piece;
    piece.length = std::min(t.left - moved, to_edge(t.offset + moved));
    piece.file.inode = t.file->inode;
    piece.file.page = host.geometry.page_of(sim::FileOffset{t.offset + moved}).index;
    piece.file.access = t.reads() ? Access::read : Access::write;
    if (t.owner == Transfer::Owner::program) {
      const std::uint64_t address = t.buffer + moved;
      piece.length = std::min(piece.length, to_edge(address));
      piece.buffer.address = address;
      piece.buffer.access = t.reads() ? Access::write : Access::read;
      piece.area = host.now->areas.find(address);
      // Where the program has no memory a call of its own is made: see call().
      if (piece.area == nullptr && !pieces.empty()) break;
    }
    moved += piece.length;
    pieces.push_back(piece);
    if (t.owner == Transfer::Owner::program && piece.area == nullptr) break;
  }
  return pieces;
}

// How the pages are just before the call; of two pieces in one page the second finds it as the
// first leaves it.
void LinuxHost::look(std::span<Piece> pieces) {
  HostParts& host = parts_->host;
  const Piece* last = nullptr;
  for (Piece& piece : pieces) {
    const bool same_file_page = last != nullptr && last->file.page == piece.file.page;
    if (same_file_page) {
      piece.file.before.state = {.cached = true, .dirty = piece.file.access == Access::write};
    } else {
      piece.file.before = parts_->touches.look(*piece.file.inode, piece.file.page);
    }
    const auto buffer_page = [&](const Piece& p) {
      return host.geometry.page_of(sim::VirtAddr{p.buffer.address}).index;
    };
    if (piece.area != nullptr && last != nullptr && buffer_page(*last) == buffer_page(piece)) {
      piece.buffer.before.known = page_bit::present | page_bit::writable;
    } else if (piece.area != nullptr) {
      piece.buffer.before =
          parts_->touches.look(*piece.area, piece.buffer.address, piece.buffer.access);
    }
    last = &piece;
  }
}

// Makes the call. Returns bytes, or an errno as a negative number.
long LinuxHost::call(const Transfer& t, std::span<const Piece> pieces, FaultCounts& taken) {
  HostParts& host = parts_->host;
  std::uint64_t length = 0;
  for (const Piece& piece : pieces) {
    length += piece.length;
    if (piece.area != nullptr) parts_->touches.bring_in_buffer(piece.buffer);
  }
  // Where the program has no memory this process may have some: the kernel gets a page of nobody's.
  const bool is_nowhere = t.owner == Transfer::Owner::program && pieces.front().area == nullptr;
  const std::uint64_t memory = is_nowhere ? host.nowhere : t.buffer;
  OpenFile& file = *t.file;
  if (t.owner == Transfer::Owner::interpreter) {
    OwnActor own(host.faults, host.signals);
    const auto fd = static_cast<std::uint64_t>(file.real.number());
    return own.counted(t.reads() ? SYS_read : SYS_write, {fd, memory, length}, taken);
  }
  const auto fd = static_cast<std::uint64_t>(file.there);
  if (!file.is_open_twice) {
    return host.now->actor->counted(t.reads() ? SYS_read : SYS_write, {fd, memory, length}, taken);
  }
  const long n = host.now->actor->counted(t.reads() ? SYS_pread64 : SYS_pwrite64,
                                          {fd, memory, length, t.offset}, taken);
  if (n > 0) {
    ::lseek(file.real.number(), static_cast<off_t>(t.offset) + n, SEEK_SET);
  }
  return n;
}

// A call's faults are counted, not placed (perf shows them to root only). Of one piece they are its
// own. Of several, each page that the buffer had no entry for took one, in order, as far as there
// were any: the others were mapped along with a page before them.
void LinuxHost::place_faults(std::span<Piece> pieces, FaultCounts taken) {
  Piece* last = nullptr;
  for (Piece& piece : pieces) {
    if (piece.area == nullptr) continue;
    if (last == nullptr) last = &piece;
    const Access access = piece.buffer.access;
    if (parts_->touches.is_ready(*piece.area, piece.buffer.before.known, access)) continue;
    last = &piece;
    const PageBefore& before = piece.buffer.before;
    const bool absent = before.looked && !before.file.state.cached;
    if (taken.major > 0 && (absent || taken.minor == 0)) {
      --taken.major;
      piece.buffer.faults.major = 1;
    } else if (taken.minor > 0) {
      --taken.minor;
      piece.buffer.faults.minor = 1;
    } else {
      parts_->unasked.came_along(
          *piece.area->origin,
          parts_->host.now->areas.page_in(*piece.area->origin, piece.buffer.address));
    }
  }
  if (last == nullptr) return;
  last->buffer.faults.minor += taken.minor;
  last->buffer.faults.major += taken.major;
}

void LinuxHost::tell_buffer(const Piece& piece) {
  if (piece.area != nullptr) parts_->touches.buffer_touched(*piece.area, piece.buffer);
}

void LinuxHost::tell_file(const Transfer& t, Piece& piece, const FaultCounts& taken) {
  const std::uint64_t page_bytes = parts_->host.geometry.page_size().count;
  const bool absent = !piece.file.before.state.cached && !piece.file.before.hole;
  // A store to a whole page reads nothing; what was read shows in the thread's block count.
  const bool fetched = t.reads() || (taken.blocks_read > 0 && piece.length < page_bytes);
  piece.file.read_from_disk = absent && parts_->host.cache.shows_residency() && fetched;
  parts_->touches.file_touched(piece.file);
}

// What the kernel mapped beside the buffer's pages; a look at a page table shows all of it.
void LinuxHost::look_beside(std::span<const Piece> pieces) {
  std::uint64_t seen = ~std::uint64_t{0};
  for (const Piece& piece : pieces) {
    if (piece.buffer.faults.minor + piece.buffer.faults.major == 0) continue;
    const std::uint64_t table = parts_->unasked.table_of(piece.buffer.address);
    if (table == seen) continue;
    seen = table;
    Origin& origin = *piece.area->origin;
    parts_->unasked.after_fault(
        origin, parts_->host.now->areas.page_in(origin, piece.buffer.address), piece.buffer.access);
  }
}

// One system call, and what it did.
LinuxHost::Moved LinuxHost::move_pieces(Transfer& t, std::span<Piece> pieces) {
  HostParts& host = parts_->host;
  parts_->mirror.before(t.touches_of_a_piece());
  if (!is_unwatched(host)) look(pieces);
  Inode& inode = *t.file->inode;
  // A write beyond the end first fills what lies between with zeros.
  const sim::FileOffset old_end{t.size};
  const std::uint64_t tail = host.geometry.page_of(old_end).index;
  const bool leaves_gap = !t.reads() && t.offset > t.size && tail != pieces.front().file.page &&
                          host.geometry.within_page(old_end).count != 0;
  const FilePageBefore tail_before =
      leaves_gap ? parts_->touches.look(inode, tail) : FilePageBefore{};

  FaultCounts taken;
  const long n = call(t, pieces, taken);
  host.disk_read(taken.blocks_read);
  if (n == -EFAULT && t.reads()) {  // the file's page was there before the buffer was not
    FileTouch& file = pieces.front().file;
    file.read_from_disk = !file.before.state.cached && !file.before.hole;
    parts_->touches.file_touched(file);
  }
  if (n < 0) {
    parts_->touches.undo_fault_around_at(pieces.front().buffer.address);
    return {.error = static_cast<int>(-n)};
  }

  const auto moved = static_cast<std::uint64_t>(n);
  std::uint64_t told = 0;
  std::size_t count = 0;
  bool is_cut = false;  // in the middle of a page: the disk is full, or the file has shrunk
  for (; count < pieces.size() && told < moved; ++count) {
    is_cut = pieces[count].length > moved - told;
    if (is_cut) pieces[count].length = moved - told;
    told += pieces[count].length;
  }
  if (is_unwatched(host)) {
    host.clock += count * t.touches_of_a_piece();
    return {.bytes = moved, .is_short = moved == 0 || is_cut};
  }
  const std::span<Piece> done = pieces.first(count);
  place_faults(done, taken);
  for (Piece& piece : done) {
    if (!t.reads()) tell_buffer(piece);
    if (leaves_gap && &piece == done.data())
      parts_->touches.end_moved(inode, tail, tail_before, taken.blocks_read > 0);
    tell_file(t, piece, taken);
    if (t.reads()) tell_buffer(piece);
  }
  look_beside(done);
  return {.bytes = moved, .is_short = moved == 0 || is_cut};
}

// In the middle of the next piece memory ran out on the simulated computer: what it did of the
// piece is done here, too.
void LinuxHost::die(Transfer& t) {
  HostParts& host = parts_->host;
  std::vector<Piece> pieces = next_pieces(t, 1);
  Piece& piece = pieces.front();
  const Death death = host.next_death();
  const bool has_begun = death.touch > host.clock;
  parts_->mirror.before(has_begun ? 2 : 1);
  if (has_begun && t.reads()) {  // the file's page came, and there was no frame for the buffer's
    piece.area = nullptr;
    look(pieces);
    FaultCounts taken;
    static_cast<void>(call(t, pieces, taken));
    host.disk_read(taken.blocks_read);
    tell_file(t, piece, taken);
  } else if (has_begun) {
    static_cast<void>(parts_->touches.look_through(piece.buffer.address));
  }
  if (death.after == Death::After::page_in) {
    const Area* area = host.now->areas.find(piece.buffer.address);
    const bool is_buffers = t.owner == Transfer::Owner::program && t.reads() == has_begun;
    if (!is_buffers) {
      parts_->touches.came_in_before_death(*t.file, t.size);
    } else if (area != nullptr) {
      parts_->touches.came_in_before_death(*area, piece.buffer.address);
    }
  }
  (void)parts_->touches.die(*piece.file.inode, piece.file.page);
}

Result<Bytes> LinuxHost::transfer(Transfer t) {
  HostParts& host = parts_->host;
  t.file = host.now->files.find(t.fd);
  if (t.file == nullptr) return failed(t.call, EBADF);
  const int fd = t.file->real.number();
  Inode& inode = *t.file->inode;
  const auto wrong = t.reads() ? sim::OpenAccess::write_only : sim::OpenAccess::read_only;
  if (t.file->flags.access == wrong) return failed(t.call, EBADF, inode.object);
  const auto position = static_cast<std::uint64_t>(::lseek(fd, 0, SEEK_CUR));
  t.size = static_cast<std::uint64_t>(::lseek(inode.watch.number(), 0, SEEK_END));
  t.offset = !t.reads() && t.file->flags.append ? t.size : position;
  t.left = std::min(t.left, kLongestTransfer);
  if (t.reads()) t.left = std::min(t.left, t.size > position ? t.size - position : 0);
  if (t.left == 0) {  // nothing to move, but the descriptor may be of the wrong kind
    std::byte none{};
    const ssize_t n = t.reads() ? ::read(fd, &none, 0) : ::write(fd, &none, 0);
    const int error = n < 0 ? errno : 0;
    if (error != 0) return failed(t.call, error, inode.object);
    returned({t.call, inode.object, 0, 0});
    return Bytes{0};
  }
  const std::uint64_t from = t.offset;
  Moved moved;
  bool is_dead = false;
  while (t.left > 0 && moved.error == 0 && !moved.is_short) {
    const std::uint64_t most = host.touches_left() / t.touches_of_a_piece();
    if (most == 0) {  // the program dies here, or the computer stops
      is_dead = host.next_death().touch < host.stop_touch;
      if (is_dead) die(t);
      moved.error = is_dead ? ENOMEM : EINTR;
      break;
    }
    std::vector<Piece> pieces = next_pieces(t, host.mode == Mode::exact ? 1 : most);
    moved = move_pieces(t, pieces);
    t.left -= moved.bytes;
    t.offset += moved.bytes;
    t.buffer += moved.bytes;
    if (!t.reads() && t.offset > t.size) inode.size_flushed = false;
    t.size = std::max(t.size, t.offset);
  }
  const std::uint64_t done = t.offset - from;
  if (done > 0 && !is_unwatched(host)) {
    parts_->unasked.after_call(inode, {host.geometry.page_of(sim::FileOffset{from}).index,
                                       host.geometry.pages_for(sim::Bytes{t.offset}).count});
  }
  if ((done == 0 && moved.error != 0) || is_dead) return failed(t.call, moved.error, inode.object);
  returned({t.call, inode.object, 0, done});
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
