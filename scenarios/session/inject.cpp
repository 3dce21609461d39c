// One word, '=', and what it is about.

#include "scenarios/session/inject.h"

#include <fmt/format.h>

#include "scenarios/session/whole_number.h"

namespace session {
namespace {

// Pages of a file have 32-bit numbers.
constexpr std::uint64_t kMostPages = std::uint64_t{1} << 32;

std::optional<sim::BadPages> bad_pages(sim::BadPages::When when, std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const std::string_view pages = text.substr(colon + 1);
  const auto dash = pages.find('-');
  const auto first = whole_number(pages.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : whole_number(pages.substr(dash + 1));
  if (!first || !last || *last < *first || *last >= kMostPages) return std::nullopt;
  return sim::BadPages{when, std::string(text.substr(0, colon)), sim::PgOff{*first},
                       sim::PgOff{*last + 1}};
}

}  // namespace

std::vector<std::string> injected(const sim::MachineConfig& machine) {
  std::vector<std::string> list;
  for (const sim::BadPages& bad : machine.bad_pages) {
    const bool reads = bad.when == sim::BadPages::When::read;
    const std::uint64_t last = bad.end.index - 1;
    list.push_back(fmt::format("{}={}:{}", reads ? "read-error" : "write-error", bad.file,
                               bad.first.index == last
                                   ? fmt::format("{}", last)
                                   : fmt::format("{}-{}", bad.first.index, last)));
  }
  if (machine.disk_room) list.push_back(fmt::format("disk-full={}", machine.disk_room->count));
  return list;
}

std::optional<std::string> inject(sim::MachineConfig& machine, std::string_view what) {
  const auto equals = what.find('=');
  const std::string_view kind = what.substr(0, equals);
  const std::string_view about =
      equals == std::string_view::npos ? std::string_view() : what.substr(equals + 1);
  if (kind == "disk-full") {
    if (const auto pages = whole_number(about)) {
      machine.disk_room = sim::Pages{*pages};
      return std::nullopt;
    }
  }
  using When = sim::BadPages::When;
  if (kind == "read-error" || kind == "write-error") {
    const When when = kind == "read-error" ? When::read : When::write;
    if (auto pages = bad_pages(when, about)) {
      machine.bad_pages.push_back(std::move(*pages));
      return std::nullopt;
    }
  }
  return fmt::format(
      "'{}' cannot be read. Write read-error=FILE:PAGES or write-error=FILE:PAGES, where PAGES is "
      "3 or 0-7, or disk-full=PAGES for room for that many more",
      what);
}

}  // namespace session
