// What a strategy cost on the simulated computer.

#pragma once

#include <cstdint>

#include "scenarios/session/run.h"
#include "sim/inspection.h"
#include "sim/kernel/cost_model.h"

namespace comparison {

// Simulated time by what it was spent on; the parts sum to the whole.
struct TimeSplit {
  std::uint64_t disk_read_ns = 0;      // file pages read, and pages from swap
  std::uint64_t fault_ns = 0;          // page faults without their disk, TLB misses, signals
  std::uint64_t copy_and_call_ns = 0;  // system calls, the bytes they move, loads and stores
  std::uint64_t disk_write_ns = 0;     // write-back that the program waits for, and pages to swap
  std::uint64_t total() const { return disk_read_ns + fault_ns + copy_and_call_ns + disk_write_ns; }
  friend bool operator==(const TimeSplit&, const TimeSplit&) = default;
};

struct Figures {
  session::Counters counters;
  TimeSplit time;
  sim::FrameCounts peak;           // pages in frames at the most: `own` is anonymous memory
  std::uint64_t frames_taken = 0;  // how often a page was given a frame
  std::uint64_t lines = 0;         // of Python, executed: their own time is not simulated
  std::uint64_t dirty_left = 0;    // file pages that are not on the disk at the end
  sim::Bytes page_size{4096};

  std::uint64_t faults() const { return counters.major + counters.minor; }
  std::uint64_t system_calls() const;
  // Between the page cache and the program, and from a private map's page to its copy.
  sim::Bytes copied_by_calls() const;
  sim::Bytes copied_on_write() const;
  sim::Bytes read_from_disk() const;
  sim::Bytes written_to_disk() const;
  friend bool operator==(const Figures&, const Figures&) = default;
};

// Adds an event to what it was spent on.
void add_time(TimeSplit&, const sim::Event&, const sim::CostTable& = {});

}  // namespace comparison
