// Runs one program on one computer from its first line to its exit, and tells a RunSink about it.
// The same code conducts both computers: in a sealed child (machine_run.h, host_run.h), and the
// simulated one for the app's films and comparisons in their own process.

#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "scenarios/python/evaluator.h"
#include "scenarios/session/place.h"
#include "scenarios/session/run_sink.h"
#include "sim/core/computer.h"
#include "sim/core/event_stream.h"

namespace session {

struct Budget {
  std::uint64_t max_steps = 100'000'000;
  std::chrono::seconds time{20};
};

struct Conducted {
  const python::Program& program;
  sim::Computer& computer;
  sim::EventStream& events;  // whose events reach the EventRelay given with this
  RunSink& sink;
  Budget budget;
  // Whether Ctrl-C (or the parent) asks the run to end.
  std::function<bool()> interrupted = [] { return false; };
  // See python::Surroundings.
  std::function<void(std::string_view)> before_first_use = [](std::string_view) {};
  std::function<void()> before_listing = [] {};
  enum class Detail : std::uint8_t {
    full,
    steps,        // without states: looking for them reads files, and so touches what is looked at
    output_only,  // neither steps nor states (pagewalk exec): what is printed, and the ending
  } detail = Detail::full;
  python::LineListener* lines = nullptr;  // hears of them where no steps are told; may be null
  // Where the run is cut short: the truths about the files are told as they are there, and nothing
  // follows. A place that is never reached is told by a note.
  std::optional<Stop> stop = {};
  // Told of a program that a touch killed (SIGKILL).
  std::string why_killed =
      "memory ran out: no page could be given up for its frame, and there was no room in swap";
};

// Hands events on to the sink and remembers whether anything happened.
class EventRelay final : public sim::EventConsumer {
 public:
  explicit EventRelay(RunSink& sink) : sink_(&sink) {}
  void consume(std::span<const sim::Event> events) override;
  // The run has been told to its end: what the interpreter's own destruction does is not part of
  // it.
  void close() { sink_ = nullptr; }
  bool take_happened() { return std::exchange(happened_, false); }
  bool take_mapped() { return std::exchange(mapped_, false); }

 private:
  RunSink* sink_;
  bool happened_ = false;  // any event: a store to a page that is writable already is a touch alone
  bool mapped_ = false;    // a new mapping, perhaps to be named
};

// How it ended, as the sink was told.
Ending conduct(const Conducted&, EventRelay&);

// Names of files that the program has used. Of a folder with thousands it is told what happened to
// these.
using UsedNames = std::set<std::string, std::less<>>;

// The three truths about every file that was used, from the computer as it is now.
void tell_files(sim::Computer&, const UsedNames&, RunSink&);

// Its truths as it is now, sizes and hashes only.
FileTruths hashes_of(sim::Computer&, const sim::FileState&);

}  // namespace session
