// Files compared page by page, as the page cache has them.

#include "scenarios/compare/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "sim/kernel/observe.h"

namespace comparison {
namespace {

std::map<std::string, const sim::Inode*> files_of(const sim::Machine& machine,
                                                  const std::vector<std::string>& names) {
  std::map<std::string, const sim::Inode*> files;
  const sim::Kernel& kernel = machine.kernel();
  for (const sim::FileState& file : sim::observe(kernel).files) {
    const bool counts =
        names.empty() || std::find(names.begin(), names.end(), file.name) != names.end();
    if (!file.name.empty() && counts) files[file.name] = &kernel.files.inodes().at(file.object);
  }
  return files;
}

// A file on one of the two machines.
struct Side {
  const sim::Kernel& kernel;
  const sim::Inode& file;
  // The byte at `offset` and those behind it, to the end of its page.
  const std::byte* at(std::uint64_t offset) const {
    const sim::FileOffset place{offset};
    const auto page = kernel.geometry.page_of(place);
    return sim::page_in_cache(kernel, file, page) + kernel.geometry.within_page(place).count;
  }
};

// Pages that no strategy touched lie in the same place on both.
std::optional<std::uint64_t> first_difference(const Side& is, const Side& should_be,
                                              std::uint64_t size) {
  const std::uint64_t piece =
      std::min(is.kernel.geometry.page_size().count, should_be.kernel.geometry.page_size().count);
  for (std::uint64_t offset = 0; offset < size; offset += piece) {
    const std::uint64_t n = std::min(piece, size - offset);
    const std::byte* found = is.at(offset);
    const std::byte* wanted = should_be.at(offset);
    if (found == wanted || std::memcmp(found, wanted, n) == 0) continue;
    return offset +
           static_cast<std::uint64_t>(std::mismatch(found, found + n, wanted).first - found);
  }
  return std::nullopt;
}

std::optional<Difference> difference_in(const std::string& name, const Side& is,
                                        const Side& should_be) {
  const std::uint64_t has = is.file.size.count;
  const std::uint64_t needs = should_be.file.size.count;
  if (const auto byte = first_difference(is, should_be, std::min(has, needs))) {
    return Difference{name, byte,
                      fmt::format("byte {} of {} is {:02x}, not {:02x}", *byte, name,
                                  std::to_integer<unsigned>(*is.at(*byte)),
                                  std::to_integer<unsigned>(*should_be.at(*byte)))};
  }
  if (has == needs) return std::nullopt;
  return Difference{name, std::min(has, needs),
                    fmt::format("{} has {} bytes, not {}", name, has, needs)};
}

std::optional<Difference> difference_in_print(const Answer& is, const Answer& should_be) {
  if (is.printed == should_be.printed) return std::nullopt;
  const auto [f, w] = std::mismatch(is.printed.begin(), is.printed.end(), should_be.printed.begin(),
                                    should_be.printed.end());
  const auto line = 1 + std::count(is.printed.begin(), f, '\n');
  return Difference{"what it printed", static_cast<std::uint64_t>(f - is.printed.begin()),
                    fmt::format("line {} of what it printed is another", line)};
}

}  // namespace

std::optional<Difference> difference_of(const Answer& is, const Answer& should_be,
                                        const std::vector<std::string>& names) {
  if (auto printed = difference_in_print(is, should_be)) return printed;
  const auto found = files_of(is.machine, names);
  const auto wanted = files_of(should_be.machine, names);
  for (const auto& [name, file] : wanted) {
    if (!found.contains(name)) {
      return Difference{name, std::nullopt, fmt::format("{} is missing", name)};
    }
    const Side found_side{is.machine.kernel(), *found.at(name)};
    const Side wanted_side{should_be.machine.kernel(), *file};
    if (auto difference = difference_in(name, found_side, wanted_side)) return difference;
  }
  for (const auto& [name, _] : found) {
    if (!wanted.contains(name)) {
      return Difference{name, std::nullopt, fmt::format("{} should not be there", name)};
    }
  }
  return std::nullopt;
}

}  // namespace comparison
