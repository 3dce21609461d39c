// Backwards from the page's last change, as far as it was in a frame.

#include "viz/model/page_tale.h"

#include <fmt/format.h>

#include <algorithm>

namespace viz {
namespace {

std::uint32_t line_of_event(const Film& film, std::size_t event) {
  const auto& visits = film.visits();
  const auto after = std::partition_point(visits.begin(), visits.end(),
                                          [&](const Visit& v) { return v.first_event <= event; });
  return after == visits.begin() ? 0 : (after - 1)->line;
}

bool is_out(PageState state) { return state == PageState::absent || state == PageState::swapped; }

// A store to an own page that came back from swap tells no event of its own.
bool is_silent(const PageHistory& history, const PageChange& change) {
  return change.was == PageState::clean && change.state == PageState::dirty &&
         !history.is_file(change.page.object);
}

}  // namespace

PageTale tale_of(const Film& film, sim::PageName page, std::size_t event) {
  using Kind = PageTale::Kind;
  const PageHistory& history = film.history();
  const auto last = history.last_change(page, event);
  if (!last) return {};
  const PageChange& newest = history.changes()[*last];
  PageTale tale{Kind::read, newest.state, line_of_event(film, newest.event)};
  if (newest.state == PageState::swapped) tale.kind = Kind::swapped;
  if (newest.state == PageState::copied) tale.kind = Kind::copied;
  if (newest.state == PageState::absent) {
    const bool is_evicted = film.events()[newest.event].kind == sim::EventKind::evict;
    tale.kind = is_evicted ? Kind::evicted : Kind::gone;
  }
  if (tale.kind != Kind::read) return tale;
  for (auto c = last; c; c = history.change_before(*c)) {
    const PageChange& change = history.changes()[*c];
    tale.line = line_of_event(film, change.event);
    if (change.state == PageState::dirty) {
      tale.kind = Kind::written;
      if (is_silent(history, change)) tale.line = 0;
      break;
    }
    if (is_out(change.was)) break;
  }
  return tale;
}

std::string text_of(const PageTale& tale) {
  using Kind = PageTale::Kind;
  const auto by = [&](const char* what, const char* how = "by") {
    return tale.line == 0 ? std::string(what) : fmt::format("{} {} line {}", what, how, tale.line);
  };
  switch (tale.kind) {
    case Kind::never_touched: return "never touched";
    case Kind::read: return by("read") + ": clean";
    case Kind::written:
      if (tale.state == PageState::dirty) return by("written") + ": dirty";
      if (tale.state == PageState::being_written) return by("written") + ": being written";
      return by("written") + ", written back: clean";
    case Kind::copied: return by("copied") + ": private copy";
    case Kind::evicted: return by("evicted", "in");
    case Kind::swapped: return by("swapped out", "in");
    case Kind::gone: return by("given back", "in");
  }
  return "";
}

}  // namespace viz
