// A recorded run: one program on one computer, cut into steps, one step per executed line.
//
// Beyond kStepsKeptApart steps the executions of a line are summed into one step for that line
// (`times` says how many), so that a loop of a million turns stays readable and small.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "real/death.h"
#include "real/mode.h"
#include "scenarios/session/counters.h"
#include "scenarios/session/death_cause.h"
#include "scenarios/session/file_truth.h"
#include "scenarios/session/power_cut.h"
#include "scenarios/session/touch_trace.h"
#include "scenarios/session/turns.h"
#include "sim/core/computer.h"
#include "sim/core/config.h"
#include "sim/core/event.h"
#include "sim/core/kernel_write.h"

namespace session {

inline constexpr std::size_t kStepsKeptApart = 1000;

enum class ComputerKind : std::uint8_t { simulated, real };
const char* name_of(ComputerKind);   // "sim", "real": as --on and JSON say it
const char* in_words(ComputerKind);  // "the simulated computer", "this computer"

// What os.getpid() says in a process: small numbers, the same in every run, as no kernel's are.
constexpr std::int64_t pid_of(std::uint32_t process) { return 1000 + std::int64_t{process}; }

// Pages first..end-1 of one object, in ascending order.
struct PageRun {
  std::uint32_t object = 0;
  std::uint64_t first = 0;
  std::uint64_t end = 0;
  friend auto operator<=>(const PageRun&, const PageRun&) = default;
};

// Consecutive faults of one kind on ascending pages.
struct FaultRun {
  PageRun pages;
  bool major = false;
  std::uint16_t detail = 0;  // sim::fault_detail bits
  bool is_swap_in() const { return (detail & sim::fault_detail::swap_in) != 0; }
  friend bool operator==(const FaultRun&, const FaultRun&) = default;
};

struct WriteBackRun {
  PageRun pages;
  sim::WriteBackReason reason = sim::WriteBackReason::flush;
  friend bool operator==(const WriteBackRun&, const WriteBackRun&) = default;
};

// A file as the line left it.
struct FileFigures {
  std::uint64_t size = 0;
  std::optional<std::uint64_t> position;  // of the newest open descriptor; none when closed
  std::uint32_t object = 0;
  FileTruths truths = {};  // sizes and hashes
  friend bool operator==(const FileFigures&, const FileFigures&) = default;
};

// What a process has mapped, by kind, in pages (sim::ProcessState).
struct Mapped {
  std::uint64_t reserved = 0;
  std::optional<sim::ResidentPages> resident;  // nothing: not known on this computer
  std::uint64_t swapped = 0;
  std::vector<PageRun> of_files = {};  // a page once for each mapping that has an entry for it
  friend bool operator==(const Mapped&, const Mapped&) = default;
};

// What was where when a step ended.
struct State {
  std::vector<PageRun> resident;  // pages in frames, each frame once
  std::vector<PageRun> shared;  // pages of a forked process that lie in the frames of some of those
  std::uint64_t cached = 0;     // of the resident ones: of files, in the page cache
  std::map<std::uint32_t, Mapped> mapped;  // by process: those that have anything
  std::vector<PageRun> dirty;              // file pages that differ from the disk
  std::vector<PageRun> writing;            // file pages on their way to the disk
  std::vector<PageRun> swapped;            // pages without a file that are in the swap area
  std::map<std::string, FileFigures> files;
  friend bool operator==(const State&, const State&) = default;
};

struct Step {
  std::uint32_t line = 0;
  std::uint32_t process = 0;  // sim::ProcessId of the one that ran it
  std::uint64_t times = 1;    // executions that began here; 0: the rest of a line after a call
  std::string output;         // what it printed
  Counters counters;
  std::vector<FaultRun> faults;
  std::vector<WriteBackRun> write_backs;
  std::vector<PageRun> evicted;
  std::vector<PageRun> pages_in;  // read from disk because something asked for them
  // What the kernel did of itself (default mode of the real computer).
  std::vector<PageRun> read_ahead;           // into the page cache
  std::vector<PageRun> mapped_around;        // entries filled by another page's fault
  std::vector<PageRun> mapped_with_folio;    // the same for memory without a file
  std::vector<PageRun> unmapped_with_folio;  // entries lost where a file was cut within a folio
  std::vector<PageRun> dirtied_in_folio;     // because another page of their folio was stored to
  State after;
  // Whether the computer was looked at when it ended. A step that touched and called nothing is
  // not: `after` is then as the step before left it.
  bool looked = false;
  std::vector<std::string> remarks;  // "line 5 appends: the file position is 16"
};

enum class EndKind : std::uint8_t {
  finished,
  raised,
  died,
  unsupported,
  budget,       // of steps
  out_of_time,  // the budget of time
  stopped,      // Ctrl-C
  broken,       // the process that ran it was killed, halted or lost
  killed,       // at the place where --kill said so; message: the place
  power_cut,    // the same by --power-cut
};

const char* name_of(EndKind);  // as JSON says it
struct Ending;
std::string how_it_ended(const Ending&);  // "died of signal 7 in line 9: ..."

struct Ending {
  EndKind kind = EndKind::finished;
  bool has_succeeded() const { return kind == EndKind::finished && status == 0; }
  // The clock, a person or another process ended it: no second run ends at the same place.
  bool is_from_outside() const {
    return kind == EndKind::out_of_time || kind == EndKind::stopped || kind == EndKind::broken;
  }
  // Traceback, or what was unsupported, or why the run broke, or the status that it left with.
  std::string message;
  std::string error_line;  // raised: the last line of the traceback
  int signal = 0;
  std::uint32_t line = 0;
  int status = 0;  // finished: what it left with, 0..255 (SystemExit, os._exit)
};

// Something that a computer cannot show, and why. Topics that explain differences have fixed names.
struct Note {
  std::string topic;
  std::string text;
};
namespace topic {
// real::Capability names. Without the first, dirty pages are not known.
inline constexpr const char* dirty_tracking = "dirty pages";
inline constexpr const char* cache_residency = "page-cache residency";
inline constexpr const char* memory_residency = "residency of anonymous memory";
inline constexpr const char* disk_filesystem = "a disk filesystem";
inline constexpr const char* unused_files = "files";
inline constexpr const char* page_copy = "moves within a page";
inline constexpr const char* place_not_reached = "place not reached";
inline constexpr const char* program_time = "program_time";  // ns; only where no steps are told
inline constexpr const char* own_time =
    "own_time";  // ns of it that the processor spent in no kernel
// What the disk was read for, by the kernel's counter; only where it can be seen.
inline constexpr const char* device_pages_in = "device_pages_in";
inline constexpr const char* awaits_kill = "awaits_kill";  // the child has come to its place
}  // namespace topic

// A line, and the process (sim::ProcessId) that runs it.
using LineOfProcess = std::pair<std::uint32_t, std::uint32_t>;

struct Run {
  ComputerKind computer = ComputerKind::simulated;
  real::Mode mode = real::Mode::exact;  // of the real computer
  sim::MachineConfig machine;
  std::uint64_t max_steps = 0;
  std::vector<Step> steps;
  Counters totals;
  std::map<LineOfProcess, LineTurns> turns;
  std::string output;  // all that was printed, in order
  std::map<std::string, FileTruths> files;
  std::map<std::string, FileTruth> survived;  // killed: what the next process finds, by file
  std::vector<real::Death> deaths;            // memory ran out; of the simulated computer
  // Pages that the disk read for the program, by the kernel's own counter (exact mode).
  std::optional<std::uint64_t> device_pages_in;
  std::optional<FatalTouch> fatal_touch;       // that ended in a signal: the last one
  std::vector<sim::KernelWrite> unasked;       // pages that the kernel wrote back on its own
  std::optional<PowerCut> power_cut;           // what may be found, if the run ended in one
  std::map<std::uint32_t, std::string> names;  // object -> what a person calls it
  std::vector<Note> notes;
  std::optional<TouchTrace> trace;  // where it was asked for (--trace touches)
  Ending ending;

  bool ran_out_of_memory() const;                     // and the first process died of it
  const Note* note_on(std::string_view topic) const;  // null when there is none
  // More than one process ran a line.
  bool has_forked() const;
  // Whether a figure can be observed on this computer; where not, a note says why.
  bool shows_dirty() const { return note_on(topic::dirty_tracking) == nullptr; }
  bool shows_cached() const { return note_on(topic::cache_residency) == nullptr; }
  // False: what hangs on a disk is not compared (without_disk.h).
  bool shows_disk() const { return note_on(topic::disk_filesystem) == nullptr; }
  bool shows_reads() const { return shows_cached() && shows_disk(); }
  bool shows_memory() const { return note_on(topic::memory_residency) == nullptr; }
  bool shows_resident() const { return shows_cached() && shows_memory(); }
};

// "data.bin:0-63", "arr:0".
std::string name_of(const Run&, const PageRun&);
// "major", "minor cow", ...: in words for the terminal, in JSON the same. Of the real computer's
// only minor and major are its kernel's: the rest is in brackets, "minor (cow)". Pagewalk swaps
// there, without a disk: "minor (swap_in)".
std::string kind_of(ComputerKind, const FaultRun&);

}  // namespace session
