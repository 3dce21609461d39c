// Figures of both computers up to the moment that is shown.

#include <fmt/format.h>

#include <algorithm>

#include "viz/model/computer_view.h"
#include "viz/model/words.h"

namespace viz {
namespace {

struct Counts {
  std::uint64_t faults = 0, resident = 0, dirty = 0, written = 0;
  std::string page;  // of the last fault
};

bool is_fault(const sim::Event& e) {
  return e.kind == sim::EventKind::fault_major || e.kind == sim::EventKind::fault_minor;
}

Counts counts_of(const std::vector<sim::Event>& events, const PageHistory& history,
                 std::size_t end) {
  Counts counts;
  for (std::size_t e = 0; e < end; ++e) {
    if (is_fault(events[e])) {
      ++counts.faults;
      counts.page = std::to_string(events[e].page.index);
    }
    if (events[e].kind == sim::EventKind::write_back) ++counts.written;
  }
  history.states_before(end).for_each([&](sim::PageName page, PageState state) {
    if (state == PageState::swapped) return;
    ++counts.resident;
    if (state == PageState::dirty && history.is_file(page.object)) ++counts.dirty;
  });
  return counts;
}

Match match_of(const FileTruthsView& a, const FileTruthsView& b, std::size_t row) {
  if (a.truths.size() <= row || b.truths.size() <= row) return Match::none;
  if (b.truths[row].values.empty()) {
    if (row < 2 && b.truths[row].why_not == a.truths[row].why_not) return Match::equal;
    return b.truths[row].why_not == "other bytes than simulated" ? Match::different : Match::unseen;
  }
  return Match::equal;  // its hash was compared (computer_view.cpp)
}

}  // namespace

AgreementView agreement_view(const Player& player, const RealTake* take) {
  AgreementView view;
  if (take == nullptr || !take->why_not.empty()) {
    view.verdict = "not run on this computer yet";
    view.walk = view.disk = Match::none;
    return view;
  }
  const Film& film = player.film();
  const Counts mine = counts_of(film.events(), film.history(), film.events_before(player.tick()));
  const Counts theirs =
      counts_of(take->events, take->history, take->events_before(film, player.tick()));
  const auto add = [&](const char* label, const std::string& a, const std::string& b) {
    view.figures.push_back({label, a, b, a == b ? Match::equal : Match::different});
  };
  add("faults", with_commas(mine.faults), with_commas(theirs.faults));
  if (!mine.page.empty() || !theirs.page.empty()) add("page", mine.page, theirs.page);
  add("resident", with_commas(mine.resident), with_commas(theirs.resident));
  add("dirty", with_commas(mine.dirty), with_commas(theirs.dirty));
  add("written", with_commas(mine.written), with_commas(theirs.written));
  const auto unequal = std::count_if(view.figures.begin(), view.figures.end(),
                                     [](const auto& f) { return f.match != Match::equal; });
  view.verdict = unequal == 0 ? fmt::format("all {} equal", view.figures.size())
                              : fmt::format("{} of {} differ", unequal, view.figures.size());
  if (unequal != 0 && !take->agreement.explained.empty()) {
    view.cause = take->agreement.explained.front().evidence;
    for (FigureView& f : view.figures) {
      if (f.match == Match::different) f.match = Match::explained;
    }
  }
  const ComputerView a = simulated_view(player);
  const ComputerView b = real_view(player, take, "");
  const bool has_entry = !a.address.bits.empty() && !b.address.bits.empty();
  view.entry = !has_entry                                             ? Match::none
               : a.address.bits[0].is_set == b.address.bits[0].is_set ? Match::equal
                                                                      : Match::different;
  view.walk = has_entry ? Match::unseen : Match::none;
  view.frames = mine.resident == theirs.resident ? Match::equal : Match::different;
  view.program = match_of(a.file, b.file, 0);
  view.cache = match_of(a.file, b.file, 1);
  view.disk = match_of(a.file, b.file, 2);
  return view;
}

}  // namespace viz
