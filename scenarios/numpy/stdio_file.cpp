// See stdio_file.h.

#include "scenarios/numpy/stdio_file.h"

#include <algorithm>
#include <cerrno>

#include "scenarios/numpy/ndarray.h"
#include "scenarios/numpy/or_death.h"

namespace numpy {

sim::Result<std::int64_t> StdioFile::tell() {
  std::int64_t raw = 0;
  if (offset_) {
    raw = *offset_;
  } else {
    const auto now = computer().lseek(file_->fd(), 0, sim::Whence::current);
    if (!now.ok()) return sim::Errno{now.error()};
    raw = static_cast<std::int64_t>(now->index);
  }
  if (mode_ == Mode::write) return raw + static_cast<std::int64_t>(at_);
  return raw - static_cast<std::int64_t>(buffered());
}

sim::Result<std::int64_t> StdioFile::seek_raw(std::int64_t offset, sim::Whence whence) {
  const auto moved = computer().lseek(file_->fd(), offset, whence);
  if (!moved.ok()) return sim::Errno{moved.error()};
  at_end_ = false;
  at_ = end_ = 0;
  offset_ = static_cast<std::int64_t>(moved->index);
  return *offset_;
}

sim::Result<std::int64_t> StdioFile::seek(std::int64_t offset, sim::Whence whence) {
  if (mode_ == Mode::write) return seek_raw(offset, whence);
  if (whence == sim::Whence::current) {
    const auto here = tell();
    if (!here.ok()) return here;
    offset += *here;
    if (offset < 0) return sim::Errno{EINVAL};
  } else if (whence == sim::Whence::end) {
    const auto stat = computer().fstat(file_->fd());
    if (!stat.ok()) return sim::Errno{stat.error()};
    offset += static_cast<std::int64_t>(stat->size.count);
  }
  return seek_to(offset);
}

std::optional<std::int64_t> StdioFile::seek_in_buffer(std::int64_t target) {
  if (!offset_ || !has_buffer_) return std::nullopt;
  const std::int64_t start = *offset_ - static_cast<std::int64_t>(end_);
  if (target < start || target >= *offset_) return std::nullopt;
  at_ = static_cast<std::uint64_t>(target - start);
  at_end_ = false;
  return target;
}

// Seeks to the block's beginning and reads up to the target, or the whole block where some of it
// was read before.
sim::Result<std::int64_t> StdioFile::seek_to(std::int64_t target) {
  const bool is_fresh = end_ == 0;
  if (const auto inside = seek_in_buffer(target)) return *inside;
  has_buffer_ = true;
  if (target < 0) return seek_raw(target, sim::Whence::set);
  const auto delta = static_cast<std::uint64_t>(target) % kSize;
  const auto start = seek_raw(target - static_cast<std::int64_t>(delta), sim::Whence::set);
  if (!start.ok() || delta == 0) return start;
  const std::uint64_t wanted = is_fresh ? delta : kSize;
  const auto got = or_death(computer().read(file_->fd(), std::span(buffer_).first(wanted)));
  if (!got.ok() || got->count < delta) {  // the target is past the end of the file
    return seek_raw(target, sim::Whence::set);
  }
  at_ = delta;
  end_ = got->count;
  offset_ = *start + static_cast<std::int64_t>(end_);
  return target;
}

bool StdioFile::refill() {
  if (at_end_) return false;
  has_buffer_ = true;
  at_ = end_ = 0;
  const auto got = or_death(computer().read(file_->fd(), std::span(buffer_)));
  if (!got.ok() || got->count == 0) {
    at_end_ = true;
    offset_.reset();
    return false;
  }
  end_ = got->count;
  if (offset_) *offset_ += static_cast<std::int64_t>(end_);
  return true;
}

std::uint64_t StdioFile::take(sim::MemoryBuffer into) {
  const std::uint64_t n = std::min(buffered(), into.length.count);
  if (n > 0) check(computer().store(into.base, std::span(buffer_).subspan(at_, n)));
  at_ += n;
  return n;
}

std::uint64_t StdioFile::read(sim::MemoryBuffer into) {
  std::uint64_t done = 0;
  while (done < into.length.count) {
    const sim::MemoryBuffer rest{into.base + sim::Bytes(done), into.length - sim::Bytes(done)};
    done += take(rest);
    const std::uint64_t wanted = into.length.count - done;
    if (wanted == 0) break;
    if (wanted < kSize) {
      if (!refill()) break;
      continue;
    }
    at_ = end_ = 0;
    const auto got = or_death(computer().read(
        file_->fd(),
        sim::MemoryBuffer{into.base + sim::Bytes(done), sim::Bytes(wanted - wanted % kSize)}));
    if (!got.ok() || got->count == 0) {
      at_end_ = true;
      break;
    }
    done += got->count;
    if (offset_) *offset_ += static_cast<std::int64_t>(got->count);
  }
  return done;
}

bool StdioFile::write_buffer() {
  std::uint64_t done = 0;
  while (done < at_) {
    const auto written = or_death(
        computer().write(file_->fd(), std::span(std::as_const(buffer_)).subspan(done, at_ - done)));
    if (!written.ok()) break;
    done += written->count;
    if (offset_) *offset_ += static_cast<std::int64_t>(written->count);
  }
  const bool ok = done == at_;
  at_ = 0;
  return ok;
}

std::uint64_t StdioFile::put(sim::MemoryBuffer from) {
  const std::uint64_t n = std::min(kSize - at_, from.length.count);
  if (n > 0) check(computer().load(from.base, std::span(buffer_).subspan(at_, n)));
  at_ += n;
  return n;
}

std::uint64_t StdioFile::write(sim::MemoryBuffer from) {
  std::uint64_t done = 0;
  if (has_buffer_ && at_ < kSize) done = put(from);
  std::uint64_t rest = from.length.count - done;
  if (rest == 0) return done;
  if (!write_buffer()) return done;
  has_buffer_ = true;
  std::uint64_t blocks = rest - rest % kSize;
  while (blocks > 0) {
    const auto written = or_death(computer().write(
        file_->fd(), sim::MemoryBuffer{from.base + sim::Bytes(done), sim::Bytes(blocks)}));
    if (!written.ok()) return done;
    done += written->count;
    blocks -= written->count;
    if (offset_) *offset_ += static_cast<std::int64_t>(written->count);
  }
  rest = from.length.count - done;
  return done + put({from.base + sim::Bytes(done), sim::Bytes(rest)});
}

void StdioFile::close() {
  if (mode_ == Mode::write) write_buffer();
}

}  // namespace numpy
