// Numbers and bytes in blocks.

#include "viz/model/operation_log.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace viz {

void OperationLog::put_byte(std::byte byte) {
  if (end_ == capacity()) blocks_.emplace_back(kBlock);
  blocks_.back()[end_ % kBlock] = byte;
  ++end_;
}

void OperationLog::put(std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) put_byte(static_cast<std::byte>(number | 0x80));
  put_byte(static_cast<std::byte>(number));
}

void OperationLog::put_signed(std::int64_t number) {
  // The sign goes to the lowest bit, so that -1 is as short as 1.
  put((static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63));
}

void OperationLog::put_bytes(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    if (end_ == capacity()) blocks_.emplace_back(kBlock);
    const std::uint64_t at = end_ % kBlock;
    const std::size_t n = std::min<std::uint64_t>(bytes.size(), kBlock - at);
    std::memcpy(blocks_.back().data() + at, bytes.data(), n);
    end_ += n;
    bytes = bytes.subspan(n);
  }
}

void OperationLog::put_text(std::string_view text) {
  put(text.size());
  put_bytes(std::as_bytes(std::span(text)));
}

std::byte OperationReader::get_byte() {
  const std::byte byte = log_->blocks_[at_ / OperationLog::kBlock][at_ % OperationLog::kBlock];
  ++at_;
  return byte;
}

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

void OperationReader::get_bytes(std::span<std::byte> into) {
  while (!into.empty()) {
    const std::uint64_t at = at_ % OperationLog::kBlock;
    const std::size_t n = std::min<std::uint64_t>(into.size(), OperationLog::kBlock - at);
    std::memcpy(into.data(), log_->blocks_[at_ / OperationLog::kBlock].data() + at, n);
    at_ += n;
    into = into.subspan(n);
  }
}

std::string OperationReader::get_text() {
  std::string text(get(), '\0');
  get_bytes(std::as_writable_bytes(std::span(text)));
  return text;
}

}  // namespace viz
