// See buffered_file.h.

#include "scenarios/numpy/buffered_file.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace numpy {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

std::span<std::byte> writable_bytes_of(std::string& text, std::size_t from) {
  return std::as_writable_bytes(std::span(text.data() + from, text.size() - from));
}

}  // namespace

BufferedFile::BufferedFile(const BufferedFile& other, sim::Computer& computer)
    : BufferedFile(other) {
  file_ = PosixFile(computer, other.file_.fd());
}

std::int64_t BufferedFile::raw_ahead() const {
  if (!has_read_buffer() && !has_write_buffer()) return 0;
  return raw_at_ >= 0 ? raw_at_ - at_ : 0;
}

std::size_t BufferedFile::raw_read(std::span<std::byte> into) {
  const std::size_t n = file_.read(into);
  raw_position_ += static_cast<std::int64_t>(n);
  return n;
}

std::size_t BufferedFile::raw_write(std::span<const std::byte> from) {
  const std::size_t n = file_.write(from);
  raw_position_ += static_cast<std::int64_t>(n);
  return n;
}

std::int64_t BufferedFile::raw_seek(std::int64_t offset, sim::Whence whence) {
  return raw_position_ = file_.seek(offset, whence);
}

void BufferedFile::raw_seek_back(std::int64_t distance) {
  // CPython asks the kernel to move by 0 as well; that call would say nothing.
  if (distance != 0) raw_seek(-distance, sim::Whence::current);
}

std::string BufferedFile::take(std::int64_t n) {
  const char* from = reinterpret_cast<const char*>(buffer_.data()) + at_;
  at_ += n;
  return std::string(from, static_cast<std::size_t>(n));
}

std::int64_t BufferedFile::fill() {
  const std::int64_t start = has_read_buffer() ? read_end_ : 0;
  const std::size_t n = raw_read(std::span(buffer_).subspan(static_cast<std::size_t>(start)));
  if (n > 0) {
    read_end_ = start + static_cast<std::int64_t>(n);
    raw_at_ = read_end_;
  }
  return static_cast<std::int64_t>(n);
}

std::int64_t BufferedFile::whole_blocks(std::int64_t wanted) {
  if (wanted > kTrusted) {
    const std::int64_t there = std::max<std::int64_t>(file_.size() - raw_position_, 0);
    wanted = std::min(wanted, there + kSize);
  }
  return wanted / kSize * kSize;
}

std::string BufferedFile::read(std::size_t n) {
  const auto wanted = static_cast<std::int64_t>(n);
  const std::int64_t buffered = readable_ahead();
  if (wanted <= buffered) return take(wanted);

  std::string out = buffered > 0 ? take(buffered) : std::string();
  if (writes()) flush_and_rewind();
  drop_read_buffer();
  std::int64_t remaining = wanted - buffered;
  while (remaining >= kSize) {  // whole blocks go past the buffer
    const std::size_t had = out.size();
    const std::int64_t blocks = whole_blocks(remaining);
    out.resize(had + static_cast<std::size_t>(blocks));
    const std::size_t got = raw_read(writable_bytes_of(out, had));
    out.resize(had + got);
    if (got == 0) return out;
    remaining -= static_cast<std::int64_t>(got);
  }
  at_ = raw_at_ = read_end_ = 0;
  while (remaining > 0 && read_end_ < kSize) {
    const std::int64_t got = fill();
    if (got == 0) break;
    const std::int64_t part = std::min(got, remaining);
    out += take(part);
    remaining -= part;
  }
  return out;
}

std::string BufferedFile::read_all() {
  std::string out = take(readable_ahead());
  if (writes()) flush_and_rewind();
  drop_read_buffer();
  // CPython sizes its buffer by fstat, one byte more than is left, so that a second read says that
  // this was the end; it asks an empty file for 8192 bytes.
  const std::int64_t position = file_.position();
  const std::int64_t size = file_.size();
  const std::int64_t left = size - position;
  const bool is_sized = left >= 0 && size > 0;
  std::size_t room = is_sized ? static_cast<std::size_t>(left) + 1 : 8192;
  for (;;) {
    const std::size_t had = out.size();
    out.resize(had + room);
    const std::size_t got = raw_read(writable_bytes_of(out, had));
    out.resize(had + got);
    if (got == 0) return out;
    room = room > got ? room - got : 8192;
  }
}

std::string BufferedFile::read_line() {
  std::string out;
  if (readable_ahead() == 0 && writes()) flush_and_rewind();
  for (;;) {
    const auto ahead = static_cast<std::size_t>(readable_ahead());
    const void* newline = ahead == 0 ? nullptr : std::memchr(buffer_.data() + at_, '\n', ahead);
    if (newline != nullptr) {
      const auto* end = static_cast<const std::byte*>(newline) + 1;
      return out + take(end - (buffer_.data() + at_));
    }
    out += take(static_cast<std::int64_t>(ahead));
    if (writes() && ahead > 0) flush_and_rewind();
    drop_read_buffer();
    at_ = 0;
    if (fill() == 0) return out;
  }
}

std::string BufferedFile::read_once(std::size_t n) {
  const auto wanted = static_cast<std::int64_t>(n);
  if (readable_ahead() > 0) return take(std::min(wanted, readable_ahead()));
  drop_read_buffer();
  std::string out(n, '\0');
  out.resize(raw_read(writable_bytes_of(out, 0)));
  return out;
}

void BufferedFile::move_to(std::int64_t at) {
  at_ = at;
  if (has_read_buffer() && read_end_ < at_) read_end_ = at_;
}

void BufferedFile::write(std::string_view text) {
  const std::span<const std::byte> bytes = bytes_of(text);
  if (!has_read_buffer() && !has_write_buffer()) at_ = raw_at_ = 0;
  if (static_cast<std::int64_t>(bytes.size()) > kSize - at_) {
    write_large(bytes);
    return;
  }
  std::copy(bytes.begin(), bytes.end(), buffer_.begin() + at_);
  if (!has_write_buffer() || write_from_ > at_) write_from_ = at_;
  move_to(at_ + static_cast<std::int64_t>(bytes.size()));
  write_end_ = std::max(write_end_, at_);
}

void BufferedFile::write_large(std::span<const std::byte> bytes) {
  write_pending();
  const std::int64_t ahead = raw_ahead();
  raw_seek_back(ahead);
  raw_at_ -= ahead;
  while (bytes.size() > kFileBufferSize) bytes = bytes.subspan(raw_write(bytes));
  if (reads()) drop_read_buffer();
  std::copy(bytes.begin(), bytes.end(), buffer_.begin());
  write_from_ = 0;
  write_end_ = static_cast<std::int64_t>(bytes.size());
  move_to(write_end_);
  raw_at_ = 0;
}

void BufferedFile::write_pending() {
  if (has_write_buffer() && write_from_ != write_end_) {
    const std::int64_t rewind = raw_ahead() + (at_ - write_from_);
    raw_seek_back(rewind);
    raw_at_ -= rewind;
    while (write_from_ < write_end_) {
      const auto from = static_cast<std::size_t>(write_from_);
      const auto n = static_cast<std::size_t>(write_end_ - write_from_);
      write_from_ += static_cast<std::int64_t>(raw_write(std::span(buffer_).subspan(from, n)));
      raw_at_ = write_from_;
    }
  }
  write_from_ = 0;
  write_end_ = kInvalid;
}

void BufferedFile::flush_and_rewind() {
  write_pending();
  if (!reads()) return;
  raw_seek_back(raw_ahead());
  drop_read_buffer();
}

void BufferedFile::flush() {
  if (writes()) flush_and_rewind();
}

std::int64_t BufferedFile::seek(std::int64_t target, sim::Whence whence) {
  const std::int64_t ahead = readable_ahead();
  if (whence != sim::Whence::end && ahead > 0) {
    const bool is_absolute = whence == sim::Whence::set;
    const std::int64_t here = raw_position_ - raw_ahead();
    const std::int64_t distance = is_absolute ? target - here : target;
    if (distance >= -at_ && distance <= ahead) {  // inside what has been read: nothing moves
      at_ += distance;
      return here + distance;
    }
  }
  if (writes()) write_pending();
  if (whence == sim::Whence::current) target -= raw_ahead();
  const std::int64_t position = raw_seek(target, whence);
  raw_at_ = kInvalid;
  if (reads()) drop_read_buffer();
  return position;
}

std::int64_t BufferedFile::tell() {
  raw_position_ = file_.position();
  return raw_position_ - raw_ahead();
}

void BufferedFile::truncate(std::optional<std::int64_t> size) {
  flush_and_rewind();
  file_.truncate(size ? *size : file_.position());
}

}  // namespace numpy
