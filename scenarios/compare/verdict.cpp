// Times against times, lines against nanoseconds.

#include "scenarios/compare/verdict.h"

#include <fmt/format.h>

#include <algorithm>

namespace comparison {
namespace {

std::string milliseconds(std::uint64_t ns) {
  return fmt::format("{:.2f} ms", static_cast<double>(ns) / 1e6);
}

bool is_measured(const std::optional<Measured>& m) { return m && !m->runs_ns.empty(); }

// The fastest of the right ones, as measured; nothing where one of them was not.
std::optional<std::size_t> fastest_here(const Result& result,
                                        const std::vector<std::optional<Measured>>& measured) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < result.outcomes.size(); ++i) {
    if (!result.outcomes[i].is_right()) continue;
    if (i >= measured.size() || !is_measured(measured[i])) return std::nullopt;
    if (!best || measured[i]->median_ns() < measured[*best]->median_ns()) best = i;
  }
  return best;
}

bool is_clearly_faster(const Measured& a, const Measured& b) {
  const auto slowest = *std::max_element(a.runs_ns.begin(), a.runs_ns.end());
  const auto fastest = *std::min_element(b.runs_ns.begin(), b.runs_ns.end());
  return slowest < fastest && a.median_ns() + a.median_ns() / 10 < b.median_ns();
}

// Why the one that is ahead by simulated time is not here.
std::string why_slower(const Result& result, const std::vector<std::optional<Measured>>& measured,
                       std::size_t simulated, std::size_t here) {
  const Measured& a = *measured[simulated];
  const Measured& b = *measured[here];
  std::string text =
      fmt::format("by simulated time {} is the fastest, but measured here {} takes {} and {} {}",
                  letter_of(simulated), letter_of(here), milliseconds(b.median_ns()),
                  letter_of(simulated), milliseconds(a.median_ns()));
  const std::uint64_t own = a.median_own_ns() - std::min(a.median_own_ns(), b.median_own_ns());
  if (own > result.outcomes[here].time_ns() - result.outcomes[simulated].time_ns()) {
    return text + fmt::format(
                      ". {} of it is {}'s own time, the interpreter's and arithmetic, which "
                      "simulated time leaves out: {} executes {} lines, {} {}",
                      milliseconds(a.median_own_ns()), letter_of(simulated), letter_of(simulated),
                      result.outcomes[simulated].figures.lines, letter_of(here),
                      result.outcomes[here].figures.lines);
  }
  return text +
         ". The interpreter's own time is not why: this computer's disk and kernel have "
         "other prices than the simulated ones (docs/model.md)";
}

bool is_clearly_fastest(const Result& result, const std::vector<std::optional<Measured>>& measured,
                        std::size_t first) {
  for (std::size_t i = 0; i < result.outcomes.size(); ++i) {
    if (i == first || !result.outcomes[i].is_right()) continue;
    if (!is_clearly_faster(*measured[first], *measured[i])) return false;
  }
  return true;
}

std::string why_lines_decide(const Result& result, std::size_t first) {
  const Outcome& a = result.outcomes[first];
  for (std::size_t i = 0; i < result.outcomes.size(); ++i) {
    const Outcome& b = result.outcomes[i];
    if (i == first || !b.is_right() || b.figures.lines >= a.figures.lines) continue;
    const std::uint64_t lines = a.figures.lines - b.figures.lines;
    const std::uint64_t ahead = b.time_ns() - a.time_ns();
    if (lines * kLeastLineNs <= ahead) continue;
    return fmt::format(
        "by simulated time {} is ahead of {} by {}, but it executes {} lines of Python more, and "
        "the "
        "interpreter's own time, at {} ns a line or more, is not in it",
        letter_of(first), letter_of(i), milliseconds(ahead), lines, kLeastLineNs);
  }
  return "";
}

}  // namespace

Verdict verdict_of(const Result& result, const std::vector<std::optional<Measured>>& measured) {
  if (!result.fastest) return {};
  const std::size_t first = *result.fastest;
  const auto here = fastest_here(result, measured);
  if (here && is_clearly_faster(*measured[*here], *measured[first])) {
    return {std::nullopt, why_slower(result, measured, first, *here)};
  }
  if (here && is_clearly_fastest(result, measured, first)) return {first, ""};
  std::string why = why_lines_decide(result, first);
  if (!why.empty() && !here) why += ". --on both measures";
  return {why.empty() ? result.fastest : std::nullopt, std::move(why)};
}

std::string letter_of(std::size_t i) {
  const std::string last(1, static_cast<char>('A' + i % 26));
  return i < 26 ? last : letter_of(i / 26 - 1) + last;
}

}  // namespace comparison
