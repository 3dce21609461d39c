// The table.

#include "scenarios/session/figures.h"

#include <algorithm>

namespace session {
namespace {

constexpr auto kCounted = Origin::counted;
constexpr auto kMirrored = Origin::mirrored;

template <std::uint64_t Counters::*member>
std::uint64_t of(const Counters& c) {
  return c.*member;
}

template <sim::WriteBackReason reason>
std::uint64_t written(const Counters& c) {
  return c.write_backs[static_cast<std::size_t>(reason)];
}

std::uint64_t major_faults(const Counters& c) { return c.major_from_files(); }

using Reason = sim::WriteBackReason;

// In exact mode this computer evicts what the simulated one evicts, into a swap area of Pagewalk's
// own; in default mode it evicts nothing. Which fault copied a page or made it writable the kernel
// does not tell: real/touches.cpp names it by the simulator's rules. Background write-back goes the
// other way, from this computer to the simulated one.
constexpr CounterFigure kFigures[] = {
    {"faults.major", major_faults, kCounted, kCounted, &Run::shows_disk},
    {"faults.minor", of<&Counters::minor>, kCounted, kCounted, &Run::shows_disk},
    {"faults.swap_in", of<&Counters::swap_in_faults>, kMirrored, kCounted},
    {"faults.cow", of<&Counters::cow>, kMirrored, kMirrored},
    {"faults.write_notify", of<&Counters::write_notify>, kMirrored, kMirrored, &Run::shows_disk},
    {"bytes_read", of<&Counters::bytes_read>, kCounted, kCounted},
    {"bytes_written", of<&Counters::bytes_written>, kCounted, kCounted},
    {"pages_in", of<&Counters::pages_in>, kCounted, kCounted, &Run::shows_reads},
    {"write_backs.flush", written<Reason::flush>, kCounted, kCounted, &Run::shows_dirty},
    {"write_backs.eviction", written<Reason::eviction>, kCounted, kCounted, &Run::shows_dirty},
    {"write_backs.replacement", written<Reason::replacement>, kCounted, kCounted,
     &Run::shows_dirty},
    {"write_backs.background", written<Reason::background>, kMirrored, kMirrored,
     &Run::shows_dirty},
    {"evicted", of<&Counters::evicted>, kMirrored, kCounted, &Run::shows_disk},
    {"swapped_in", of<&Counters::swapped_in>, kMirrored, kCounted},
    {"swapped_out", of<&Counters::swapped_out>, kMirrored, kCounted},
};

}  // namespace

std::span<const CounterFigure> counter_figures() { return kFigures; }

const CounterFigure& counter_figure(std::string_view name) {
  const auto* found = std::find_if(std::begin(kFigures), std::end(kFigures),
                                   [&](const CounterFigure& f) { return f.name == name; });
  SIM_CHECK(found != std::end(kFigures));
  return *found;
}

std::string_view reach_of_agreement(real::Mode mode) {
  if (mode == real::Mode::exact) {
    return "This could have refuted which touches fault, what is read and written back, what is "
           "resident and dirty, and every byte; not which page is evicted and when, how many "
           "frames there are, what swaps, time and the TLB: there this computer follows the "
           "simulated one, or shows nothing.";
  }
  return "This could have refuted each fault, read and write-back that no act of the kernel's own "
         "accounts for, and every byte; not evictions and swapping, which this computer had no "
         "need of, nor time and the TLB.";
}

}  // namespace session
