// The operations of random programs on memory.

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/laws/mix.h"
#include "tests/laws/random_program.h"

namespace laws {

using sim::Access;
using sim::Bytes;
using sim::Computer;
using sim::FileOffset;
using sim::Operand;
using sim::Sharing;
using sim::VirtAddr;

namespace {

constexpr std::uint64_t kMostPagesMapped = 12;
constexpr std::size_t kMostAreas = 6;

std::uint64_t element_at(const Operand& operand, std::uint64_t i) {
  return operand.base.index + i * static_cast<std::uint64_t>(operand.stride);
}

int walk_naively(NaiveComputer& naive, std::span<const Operand> operands, std::uint64_t count) {
  std::byte staged[sim::kMostOperands][sim::kLargestElement] = {};
  std::byte* pointers[sim::kMostOperands];
  Mix mix(operands);
  for (std::uint64_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < operands.size(); ++j) {
      pointers[j] = staged[j];
      if (operands[j].access != Access::read) continue;
      const auto done = naive.load(element_at(operands[j], i), {staged[j], operands[j].size});
      if (done.signal != 0) return done.signal;
    }
    mix.run(pointers, 1);
    for (std::size_t j = 0; j < operands.size(); ++j) {
      if (operands[j].access != Access::write) continue;
      const auto done = naive.store(element_at(operands[j], i), {staged[j], operands[j].size});
      if (done.signal != 0) return done.signal;
    }
  }
  return 0;
}

}  // namespace

RandomProgram::Effect RandomProgram::map(Computer& computer) {
  if (naive_.areas().size() >= kMostAreas) return unmap(computer);
  NaiveArea area;
  sim::MapRequest request;
  const std::uint64_t pages = 1 + below(kMostPagesMapped);
  request.length = Bytes{pages * naive_.page_size() - below(naive_.page_size())};
  request.protection.write = below(8) != 0;
  request.sharing = below(2) == 0 ? Sharing::shared : Sharing::private_copy;
  if (below(3) != 0) {
    const OpenFile& file = open_[below(open_.size())];
    area.file = file.file;
    area.offset = below(3) * naive_.page_size();
    request.file = file.fd;
    request.offset = FileOffset{area.offset};
  }
  note("mmap " + std::to_string(pages) + " pages of file " + std::to_string(area.file));
  const auto mapping = computer.mmap(request);
  REQUIRE(mapping.ok());
  area.base = mapping->base.index;
  area.sharing = request.sharing;
  area.mapped.assign(pages, true);
  area.writable.assign(pages, request.protection.write);
  naive_.areas().push_back(area);
  return Effect::none;
}

RandomProgram::Effect RandomProgram::unmap(Computer& computer) {
  if (naive_.areas().empty()) return Effect::none;
  const std::size_t which = below(naive_.areas().size());
  NaiveArea& area = naive_.areas()[which];
  // A run of mapped pages: something else may be mapped in a hole.
  std::uint64_t first = below(3) == 0 ? below(area.mapped.size()) : 0;
  while (first < area.mapped.size() && !area.mapped[first]) ++first;
  if (first == area.mapped.size()) return Effect::none;
  std::uint64_t end = first;
  while (end < area.mapped.size() && area.mapped[end]) ++end;
  if (below(3) == 0) end = first + 1 + below(end - first);
  note("munmap " + std::to_string(area.base) + " pages " + std::to_string(first) + "-" +
       std::to_string(end));
  const VirtAddr from{area.base + first * naive_.page_size()};
  CHECK(computer.munmap(from, Bytes{(end - first) * naive_.page_size()}).ok());
  std::fill(area.mapped.begin() + static_cast<std::ptrdiff_t>(first),
            area.mapped.begin() + static_cast<std::ptrdiff_t>(end), false);
  naive_.forget_own_pages(area, first, end);
  if (std::none_of(area.mapped.begin(), area.mapped.end(), [](bool m) { return m; })) {
    naive_.areas().erase(naive_.areas().begin() + static_cast<std::ptrdiff_t>(which));
  }
  return Effect::releases_pages;
}

RandomProgram::Effect RandomProgram::protect(Computer& computer) {
  if (naive_.areas().empty()) return Effect::none;
  NaiveArea& area = naive_.areas()[below(naive_.areas().size())];
  const std::uint64_t first = below(area.mapped.size());
  const std::uint64_t end = first + 1 + below(area.mapped.size() - first);
  for (std::uint64_t page = first; page < end; ++page) {
    if (!area.mapped[page]) return Effect::none;
  }
  const bool writable = below(3) != 0;
  note("mprotect " + std::to_string(area.base) + (writable ? " rw" : " r"));
  const VirtAddr from{area.base + first * naive_.page_size()};
  CHECK(
      computer.mprotect(from, Bytes{(end - first) * naive_.page_size()}, {.write = writable}).ok());
  std::fill(area.writable.begin() + static_cast<std::ptrdiff_t>(first),
            area.writable.begin() + static_cast<std::ptrdiff_t>(end), writable);
  return Effect::none;
}

RandomProgram::Effect RandomProgram::sync_or_advise(Computer& computer) {
  if (naive_.areas().empty()) return Effect::none;
  NaiveArea& area = naive_.areas()[below(naive_.areas().size())];
  const std::uint64_t first = below(area.mapped.size());
  const std::uint64_t end = first + 1 + below(area.mapped.size() - first);
  for (std::uint64_t page = first; page < end; ++page) {
    if (!area.mapped[page]) return Effect::none;
  }
  const VirtAddr from{area.base + first * naive_.page_size()};
  const Bytes length{(end - first) * naive_.page_size()};
  if (below(3) != 0) {
    note("msync " + std::to_string(area.base));
    CHECK(computer.msync(from, length).ok());
    return Effect::none;
  }
  note("dont_need " + std::to_string(area.base));
  CHECK(computer.madvise(from, length, sim::Advice::dont_need).ok());
  naive_.forget_own_pages(area, first, end);
  return Effect::releases_pages;
}

RandomProgram::Effect RandomProgram::load(Computer& computer) {
  const auto from = address();
  if (!from) return Effect::none;
  const std::uint64_t n = length_at(*from, naive_.page_size());
  if (!avoids_ends(*from, n)) return Effect::none;
  note("load " + std::to_string(n) + " at " + std::to_string(*from));
  Content expected(n);
  Content got(n);
  const auto done = naive_.load(*from, expected);
  const sim::Outcome outcome = computer.load(VirtAddr{*from}, got);
  CHECK(outcome.signal == done.signal);
  if (done.signal != 0) CHECK(outcome.address.index == *from + done.bytes);
  CHECK(std::equal(got.begin(), got.begin() + static_cast<std::ptrdiff_t>(done.bytes),
                   expected.begin()));
  return Effect::none;
}

RandomProgram::Effect RandomProgram::store(Computer& computer) {
  const auto to = address();
  if (!to) return Effect::none;
  const std::uint64_t n = length_at(*to, naive_.page_size());
  if (!avoids_ends(*to, n)) return Effect::none;
  note("store " + std::to_string(n) + " at " + std::to_string(*to));
  const Content bytes = random_bytes(n);
  const auto done = naive_.store(*to, bytes);
  const sim::Outcome outcome = computer.store(VirtAddr{*to}, bytes);
  CHECK(outcome.signal == done.signal);
  if (done.signal != 0) CHECK(outcome.address.index == *to + done.bytes);
  return Effect::none;
}

RandomProgram::Effect RandomProgram::walk(Computer& computer) {
  std::vector<Operand> operands(1 + below(4));
  const std::uint64_t count = below(120);
  std::string what = "for_each " + std::to_string(count);
  for (std::size_t j = 0; j < operands.size(); ++j) {
    const auto base = address();
    if (!base) return Effect::none;
    Operand& operand = operands[j];
    operand.base = VirtAddr{*base};
    operand.size = static_cast<std::uint32_t>(1 + below(9));
    // Mostly dense, as arrays are; also 0, backwards, and with gaps.
    operand.stride = below(3) == 0 ? static_cast<std::int64_t>(below(61)) - 30
                                   : static_cast<std::int64_t>(operand.size);
    operand.access = below(2) == 0 ? Access::read : Access::write;
    for (std::uint64_t i = 0; i < count; ++i) {
      if (!avoids_ends(element_at(operand, i), operand.size)) return Effect::none;
    }
    what += " [" + std::to_string(*base) + " " + std::to_string(operand.stride) + " " +
            std::to_string(operand.size) + (operand.access == Access::read ? " r]" : " w]");
  }
  std::stable_sort(operands.begin(), operands.end(),
                   [](const Operand& a, const Operand& b) { return a.access < b.access; });
  note(what);
  Mix mix(operands);
  const sim::Outcome outcome = computer.for_each(operands, count, mix);
  CHECK(outcome.signal == walk_naively(naive_, operands, count));
  return Effect::none;
}

}  // namespace laws
