// Numbers and bytes in blocks.

#include "viz/model/operation_log.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace viz {

void ByteTape::put(std::byte byte) {
  if (end_ == blocks_.size() * kBlock) blocks_.emplace_back(kBlock);
  blocks_.back()[end_ % kBlock] = byte;
  ++end_;
}

void ByteTape::put(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    if (end_ == blocks_.size() * kBlock) blocks_.emplace_back(kBlock);
    const std::uint64_t at = end_ % kBlock;
    const std::size_t n = std::min<std::uint64_t>(bytes.size(), kBlock - at);
    std::memcpy(blocks_.back().data() + at, bytes.data(), n);
    end_ += n;
    bytes = bytes.subspan(n);
  }
}

void ByteTape::get(std::uint64_t from, std::span<std::byte> into) const {
  while (!into.empty()) {
    const std::vector<std::byte>& block = blocks_[from / kBlock];
    const std::uint64_t at = from % kBlock;
    const std::size_t n = std::min<std::uint64_t>(into.size(), kBlock - at);
    if (block.empty()) {
      std::memset(into.data(), 0, n);
    } else {
      std::memcpy(into.data(), block.data() + at, n);
    }
    from += n;
    into = into.subspan(n);
  }
}

void ByteTape::forget(std::uint64_t bytes) {
  // The last block is still written to.
  for (std::uint64_t freed = 0; freed < bytes && forgotten_ + 1 < blocks_.size();) {
    std::vector<std::byte>().swap(blocks_[forgotten_++]);
    freed += kBlock;
  }
  begin_ = forgotten_ * kBlock;
}

void OperationLog::put(std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) calls_.put(static_cast<std::byte>(number | 0x80));
  calls_.put(static_cast<std::byte>(number));
}

void OperationLog::put_signed(std::int64_t number) {
  // The sign goes to the lowest bit, so that -1 is as short as 1.
  put((static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63));
}

void OperationLog::put_text(std::string_view text) {
  put(text.size());
  calls_.put(std::as_bytes(std::span(text)));
}

void OperationLog::put_content(std::span<const std::byte> bytes) { contents_.put(bytes); }

std::uint64_t OperationReader::get() {
  std::uint64_t number = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<std::uint64_t>(get_byte());
    number |= (byte & 0x7f) << shift;
    if (byte < 0x80) return number;
  }
}

std::int64_t OperationReader::get_signed() {
  const std::uint64_t number = get();
  return static_cast<std::int64_t>((number >> 1) ^ (~(number & 1) + 1));
}

std::string OperationReader::get_text() {
  std::string text(get(), '\0');
  log_->calls_.get(at_.call, std::as_writable_bytes(std::span(text)));
  at_.call += text.size();
  return text;
}

void OperationReader::get_content(std::span<std::byte> into) {
  log_->contents_.get(at_.content, into);
  at_.content += into.size();
}

}  // namespace viz
