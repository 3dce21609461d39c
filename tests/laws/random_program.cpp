// The operations of random programs on files and mappings.

#include "tests/laws/random_program.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace laws {

using sim::Access;
using sim::Bytes;
using sim::Computer;
using sim::FileOffset;
using sim::Sharing;
using sim::VirtAddr;

namespace {
constexpr std::uint64_t kMostPages = 12;  // of a file or mapping: a few times the frames
}  // namespace

void RandomProgram::note(const std::string& what) {
  log_.push_back(what);
  if (log_.size() > 12) log_.erase(log_.begin());
}

Content RandomProgram::random_bytes(std::uint64_t n) {
  Content bytes(n);
  for (std::byte& b : bytes) b = static_cast<std::byte>(below(255) + 1);
  return bytes;
}

std::optional<std::uint64_t> RandomProgram::address() {
  if (naive_.areas().empty()) return std::nullopt;
  const NaiveArea& area = naive_.areas()[below(naive_.areas().size())];
  const std::uint64_t length = area.mapped.size() * naive_.page_size();
  // One access in 64 may miss the mapping.
  return below(64) == 0 ? area.base + length + below(naive_.page_size())
                        : area.base + below(length);
}

std::uint64_t RandomProgram::length_at(std::uint64_t address, std::uint64_t most) {
  const std::uint64_t n = 1 + below(most);
  if (!within_pages_) return n;
  return std::min(n, naive_.page_size() - address % naive_.page_size());
}

bool RandomProgram::avoids_ends(std::uint64_t address, std::uint64_t length) const {
  for (std::uint64_t i = 0; i < length; ++i) {
    if (naive_.is_beyond_end(address + i)) return false;
  }
  return true;
}

RandomProgram::Effect RandomProgram::step(Computer& computer) {
  if (open_.empty()) return open_or_create(computer);
  switch (below(within_pages_ ? 30 : 36)) {
    case 0: return open_or_create(computer);
    case 1: return below(4) == 0 ? replace_file(computer) : sync(computer);
    case 2: return truncate(computer);
    case 3: return map(computer);
    case 4: return below(2) == 0 ? unmap(computer) : map(computer);
    case 5: return protect(computer);
    case 6:
    case 7: return sync_or_advise(computer);
    case 8:
    case 9:
    case 10: return read_or_write_bytes(computer);
    case 11:
    case 12:
    case 13:
    case 14: return read_or_write_memory(computer);
    case 15:
    case 16:
    case 17:
    case 18:
    case 19:
    case 20: return load(computer);
    case 30:
    case 31:
    case 32:
    case 33:
    case 34:
    case 35: return walk(computer);
    default: return store(computer);
  }
}

RandomProgram::Effect RandomProgram::open_or_create(Computer& computer) {
  if (open_.size() >= 3) return Effect::none;
  const std::string name = "f" + std::to_string(files_made_++);
  note("create " + name);
  const auto fd = computer.open(name, {.access = sim::OpenAccess::read_write, .create = true});
  REQUIRE(fd.ok());
  naive_.files().emplace_back();
  open_.push_back({name, *fd, static_cast<int>(naive_.files().size()) - 1});
  return Effect::none;
}

RandomProgram::Effect RandomProgram::replace_file(Computer& computer) {
  OpenFile& old = open_[below(open_.size())];
  note("unlink and close " + old.name);
  CHECK(computer.unlink(old.name).ok());
  CHECK(computer.close(old.fd).ok());
  old = open_.back();
  open_.pop_back();
  return Effect::releases_pages;
}

RandomProgram::Effect RandomProgram::truncate(Computer& computer) {
  const OpenFile& file = open_[below(open_.size())];
  const std::uint64_t page = naive_.page_size();
  const std::uint64_t size =
      below(3) == 0 ? below(kMostPages + 1) * page : below(kMostPages * page + 1);
  note("ftruncate " + file.name + " to " + std::to_string(size));
  CHECK(computer.ftruncate(file.fd, Bytes{size}).ok());
  naive_.set_size(file.file, size);
  return Effect::moves_end;
}

RandomProgram::Effect RandomProgram::sync(Computer& computer) {
  const OpenFile& file = open_[below(open_.size())];
  note("fsync " + file.name);
  CHECK(computer.fsync(file.fd).ok());
  return Effect::none;
}

RandomProgram::Effect RandomProgram::read_or_write_bytes(Computer& computer) {
  const OpenFile& file = open_[below(open_.size())];
  const std::uint64_t at = below(kMostPages * naive_.page_size());
  const std::uint64_t n = length_at(at, 2 * naive_.page_size());
  CHECK(computer.lseek(file.fd, static_cast<std::int64_t>(at), sim::Whence::set).ok());
  Content& bytes = naive_.files()[static_cast<std::size_t>(file.file)].bytes;
  if (below(2) == 0) {
    note("read " + file.name + " " + std::to_string(n) + " at " + std::to_string(at));
    Content got(n);
    const auto moved = computer.read(file.fd, std::span(got));
    const std::uint64_t expected = at < bytes.size() ? std::min(n, bytes.size() - at) : 0;
    REQUIRE(moved.ok());
    REQUIRE(moved->count == expected);
    const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(std::min(at, bytes.size()));
    CHECK(std::equal(from, from + static_cast<std::ptrdiff_t>(expected), got.begin()));
    return Effect::none;
  }
  note("write " + file.name + " " + std::to_string(n) + " at " + std::to_string(at));
  const Content out = random_bytes(n);
  const auto moved = computer.write(file.fd, std::span<const std::byte>(out));
  REQUIRE(moved.ok());
  REQUIRE(moved->count == n);
  bytes.resize(std::max<std::uint64_t>(bytes.size(), at + n));
  std::copy(out.begin(), out.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
  return Effect::moves_end;
}

RandomProgram::Effect RandomProgram::read_or_write_memory(Computer& computer) {
  const auto buffer = address();
  if (!buffer) return Effect::none;
  const OpenFile& file = open_[below(open_.size())];
  std::uint64_t at = below(kMostPages * naive_.page_size());
  if (within_pages_) at = at / naive_.page_size() * naive_.page_size();
  const std::uint64_t n = length_at(*buffer, 2 * naive_.page_size());
  if (!avoids_ends(*buffer, n)) return Effect::none;
  CHECK(computer.lseek(file.fd, static_cast<std::int64_t>(at), sim::Whence::set).ok());
  const sim::MemoryBuffer memory{VirtAddr{*buffer}, Bytes{n}};
  const bool reads = below(2) == 0;
  note((reads ? "read " : "write ") + file.name + " " + std::to_string(n) + " at " +
       std::to_string(at) + " buffer " + std::to_string(*buffer));
  const std::uint64_t size = naive_.files()[static_cast<std::size_t>(file.file)].bytes.size();
  const bool is_empty = reads && at >= size;
  const auto moved = reads ? computer.read(file.fd, memory) : computer.write(file.fd, memory);
  const std::uint64_t expected = reads ? naive_.read_file(file.file, at, *buffer, n)
                                       : naive_.write_file(file.file, at, *buffer, n);
  REQUIRE(moved.ok() == (expected > 0 || is_empty));
  if (moved.ok()) CHECK(moved->count == expected);
  if (!moved.ok()) CHECK(moved.error() == EFAULT);
  return reads ? Effect::none : Effect::moves_end;
}

void RandomProgram::check_files(Computer& computer) {
  for (const OpenFile& file : open_) {
    const Content& bytes = naive_.files()[static_cast<std::size_t>(file.file)].bytes;
    const sim::FileBytes seen =
        computer.bytes_of(file.name, sim::Truth::cache, FileOffset{0}, Bytes{1 << 20});
    REQUIRE(seen.bytes.has_value());
    CHECK(*seen.bytes == bytes);
  }
}

}  // namespace laws
