// Figures of both computers up to the moment that is shown.

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/session/figures.h"
#include "viz/model/computer_view.h"
#include "viz/model/words.h"

namespace viz {
namespace {

struct Counts {
  std::uint64_t faults = 0, resident = 0, dirty = 0, written = 0;
  std::uint64_t evicted = 0, from_swap = 0;
  std::string page;  // of the last fault
};

// One that this computer's kernel counts: swapping is Pagewalk's there.
bool is_fault(const sim::Event& e) {
  const bool is_any =
      e.kind == sim::EventKind::fault_major || e.kind == sim::EventKind::fault_minor;
  return is_any && (e.detail & sim::fault_detail::swap_in) == 0;
}

// `total`: of the events before `end`.
Counts counts_of(const LineFigures& total, const std::vector<sim::Event>& events,
                 const PageHistory& history, std::size_t end) {
  Counts counts;
  counts.from_swap = total.swapped_in;
  counts.faults = total.faults() - total.swapped_in;
  counts.evicted = total.evicted;
  counts.written = total.written;
  std::size_t after = end;  // the last fault
  while (after > 0 && !is_fault(events[after - 1])) --after;
  if (after > 0) counts.page = std::to_string(events[after - 1].page.index);
  history.states_before(end).for_each_object(
      [&](std::uint32_t object, const PageStates::Counts& pages) {
        const auto in = [&](PageState s) { return pages[static_cast<std::size_t>(s)]; };
        for (const std::uint64_t n : pages) counts.resident += n;
        counts.resident -= in(PageState::swapped);
        if (history.is_file(object)) counts.dirty += in(PageState::dirty);
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

struct MirroredFigure {
  const char* label;
  const char* figure;  // of session/figures.h
};

// Where it says something, and where it is mirrored in this mode.
void add_mirrored(AgreementView& view, real::Mode mode, MirroredFigure f, std::uint64_t mine,
                  std::uint64_t theirs) {
  const bool is_mirrored =
      session::counter_figure(f.figure).origin(mode) == session::Origin::mirrored;
  if (mine + theirs == 0 || !is_mirrored) return;
  view.figures.push_back({f.label, with_commas(mine), with_commas(theirs),
                          mine == theirs ? Match::mirrored : Match::different});
}

}  // namespace

AgreementView agreement_view(const Player& player, const RealTake* take) {
  return agreement_view(player, take, simulated_view(player), real_view(player, take, ""));
}

AgreementView agreement_view(const Player& player, const RealTake* take,
                             const ComputerView& simulated, const ComputerView& real) {
  AgreementView view;
  if (take == nullptr || !take->why_not.empty()) {
    view.verdict = "not run on this computer yet";
    view.walk = view.disk = Match::none;
    return view;
  }
  const Film& film = player.film();
  const std::size_t end = film.events_before(player.tick());
  const std::size_t their_end = take->events_before(film, player.tick());
  const Counts mine = counts_of(film.figures_before(end), film.events(), film.history(), end);
  const Counts theirs = counts_of(take->totals.before(their_end, take->events), take->events,
                                  take->history, their_end);
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
  const std::size_t compared = view.figures.size();
  add_mirrored(view, take->run.mode, {"from swap", "faults.swap_in"}, mine.from_swap,
               theirs.from_swap);
  add_mirrored(view, take->run.mode, {"evicted", "evicted"}, mine.evicted, theirs.evicted);
  view.verdict = unequal == 0 ? fmt::format("all {} equal", compared)
                              : fmt::format("{} of {} differ", unequal, compared);
  if (unequal != 0 && !take->agreement.explained.empty()) {
    view.cause.clear();
    for (const auto& [cause, account] : take->agreement.accounts) {
      view.cause += (view.cause.empty() ? "" : "; ") + session::sentence_of(cause, account);
    }
    for (FigureView& f : view.figures) {
      if (f.match == Match::different) f.match = Match::explained;
    }
  }
  const bool has_entry = !simulated.address.bits.empty() && !real.address.bits.empty();
  view.entry = !has_entry                                                        ? Match::none
               : simulated.address.bits[0].is_set == real.address.bits[0].is_set ? Match::equal
                                                                                 : Match::different;
  view.walk = has_entry ? Match::unseen : Match::none;
  view.frames = mine.resident == theirs.resident ? Match::equal : Match::different;
  view.program = match_of(simulated.file, real.file, 0);
  view.cache = match_of(simulated.file, real.file, 1);
  view.disk = match_of(simulated.file, real.file, 2);
  return view;
}

}  // namespace viz
