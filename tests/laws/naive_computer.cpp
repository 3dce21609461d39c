// Bytes, areas, and nothing else.

#include "tests/laws/naive_computer.h"

#include <algorithm>
#include <csignal>

namespace laws {

using sim::Access;
using sim::Sharing;

const NaiveArea* NaiveComputer::find(std::uint64_t address) const {
  for (const NaiveArea& area : areas_) {
    if (address < area.base) continue;
    const std::uint64_t page = (address - area.base) / page_size_;
    if (page < area.mapped.size() && area.mapped[page]) return &area;
  }
  return nullptr;
}

int NaiveComputer::signal_at(std::uint64_t address, Access access) const {
  const NaiveArea* area = find(address);
  if (area == nullptr) return SIGSEGV;
  const std::uint64_t page = (address - area->base) / page_size_;
  if (access == Access::write && !area->writable[page]) return SIGSEGV;
  if (area->file < 0 || area->own.contains(page)) return 0;
  const std::uint64_t at = area->offset + page * page_size_;
  return at < files_[static_cast<std::size_t>(area->file)].bytes.size() ? 0 : SIGBUS;
}

bool NaiveComputer::is_beyond_end(std::uint64_t address) const {
  const NaiveArea* area = find(address);
  if (area == nullptr || area->file < 0) return false;
  const std::uint64_t at = area->offset + (address - area->base);
  const std::uint64_t size = files_[static_cast<std::size_t>(area->file)].bytes.size();
  return at >= size && at / page_size_ == (size + page_size_ - 1) / page_size_ - 1 && size > 0;
}

std::byte NaiveComputer::load(std::uint64_t address) const {
  const NaiveArea* area = find(address);
  const std::uint64_t page = (address - area->base) / page_size_;
  const auto own = area->own.find(page);
  if (own != area->own.end()) return own->second[address % page_size_];
  if (area->file < 0) return std::byte{0};
  const Content& bytes = files_[static_cast<std::size_t>(area->file)].bytes;
  const std::uint64_t at = area->offset + (address - area->base);
  return at < bytes.size() ? bytes[at] : std::byte{0};
}

void NaiveComputer::store(std::uint64_t address, std::byte value) {
  auto* area = const_cast<NaiveArea*>(find(address));
  if (area->file >= 0 && area->sharing == Sharing::shared) {
    files_[static_cast<std::size_t>(area->file)].bytes[area->offset + (address - area->base)] =
        value;
    return;
  }
  const std::uint64_t page = (address - area->base) / page_size_;
  if (!area->own.contains(page)) {
    Content copy(page_size_);
    for (std::uint64_t i = 0; i < page_size_; ++i) {
      copy[i] = load(area->base + page * page_size_ + i);
    }
    area->own[page] = copy;
  }
  area->own[page][address % page_size_] = value;
}

NaiveComputer::Done NaiveComputer::load(std::uint64_t address, std::span<std::byte> into) const {
  for (std::uint64_t i = 0; i < into.size(); ++i) {
    if (const int signal = signal_at(address + i, Access::read)) return {signal, i};
    into[i] = load(address + i);
  }
  return {0, into.size()};
}

NaiveComputer::Done NaiveComputer::store(std::uint64_t address, std::span<const std::byte> from) {
  for (std::uint64_t i = 0; i < from.size(); ++i) {
    if (const int signal = signal_at(address + i, Access::write)) return {signal, i};
    store(address + i, from[i]);
  }
  return {0, from.size()};
}

namespace {

// Where the piece that starts at these two places ends.
std::uint64_t piece_length(std::uint64_t page_size, std::uint64_t at, std::uint64_t address,
                           std::uint64_t left) {
  return std::min({left, page_size - at % page_size, page_size - address % page_size});
}

}  // namespace

std::uint64_t NaiveComputer::read_file(int file, std::uint64_t at, std::uint64_t address,
                                       std::uint64_t length) {
  const auto f = static_cast<std::size_t>(file);
  const std::uint64_t size = files_[f].bytes.size();
  if (at >= size) return 0;
  length = std::min(length, size - at);
  std::uint64_t done = 0;
  while (done < length) {
    const std::uint64_t n = piece_length(page_size_, at + done, address + done, length - done);
    if (signal_at(address + done, Access::write) != 0) break;
    for (std::uint64_t i = 0; i < n; ++i) {
      store(address + done + i, files_[f].bytes[at + done + i]);
    }
    done += n;
  }
  return done;
}

std::uint64_t NaiveComputer::write_file(int file, std::uint64_t at, std::uint64_t address,
                                        std::uint64_t length) {
  const auto f = static_cast<std::size_t>(file);
  std::uint64_t done = 0;
  while (done < length) {
    const std::uint64_t n = piece_length(page_size_, at + done, address + done, length - done);
    if (signal_at(address + done, Access::read) != 0) break;
    Content& bytes = files_[f].bytes;
    bytes.resize(std::max<std::uint64_t>(bytes.size(), at + done + n));
    for (std::uint64_t i = 0; i < n; ++i) bytes[at + done + i] = load(address + done + i);
    done += n;
  }
  return done;
}

void NaiveComputer::set_size(int file, std::uint64_t size) {
  files_[static_cast<std::size_t>(file)].bytes.resize(size);
  const std::uint64_t pages = (size + page_size_ - 1) / page_size_;
  for (NaiveArea& area : areas_) {
    if (area.file != file) continue;
    const std::uint64_t first = area.offset / page_size_;
    forget_own_pages(area, pages > first ? pages - first : 0, area.mapped.size());
  }
}

void NaiveComputer::forget_own_pages(NaiveArea& area, std::uint64_t first_page,
                                     std::uint64_t end_page) {
  std::erase_if(area.own, [&](const auto& entry) {
    return entry.first >= first_page && entry.first < end_page;
  });
}

}  // namespace laws
