// Cuts what a run tells into steps and counts: a RunSink that makes a Run.

#pragma once

#include <map>
#include <set>
#include <utility>

#include "scenarios/session/run.h"
#include "scenarios/session/run_sink.h"
#include "sim/kernel/cost_model.h"

namespace session {

// Receives every event too, for --events; may be null.
class EventTap {
 public:
  virtual ~EventTap() = default;
  virtual void tap(const Run&, std::uint32_t line, std::span<const sim::Event>) = 0;
};

class Recorder final : public RunSink {
 public:
  Recorder(ComputerKind, const sim::MachineConfig&, std::uint64_t max_steps,
           EventTap* tap = nullptr);

  // From now on every touch is kept.
  void trace_touches() { run_.trace.emplace(); }

  void line_begins(std::uint32_t line) override;
  void line_goes_on(std::uint32_t line) override;
  void happened(std::span<const sim::Event>) override;
  void printed(Stream, std::string_view) override;
  void observed(const sim::Observation&) override;
  void named(std::uint32_t object, std::string_view name) override;
  void note(const Note&) override;
  void file_now(std::string_view name, const FileTruths&) override;
  void file(std::string_view name, const FileTruths&) override;
  void ended(const Ending&) override;

  const Run& run() const { return run_; }
  Run take();  // sums the totals; the recorder is spent

 private:
  Step& current();
  enum class Entry : std::uint8_t { anew, again };
  void enter(std::uint32_t line, Entry);
  void open_step(std::uint32_t line, Entry);
  void resume();
  void count(Step&, const sim::Event&);
  void name_file(const sim::FileState&);
  void take_fatal(const sim::Event&);
  LineTurns& turns() { return run_.turns[{current().line, current().process}]; }
  void remark_growth(Step&, const State& now);

  Run run_;
  std::uint64_t calls_ = 0;               // that returned so far
  std::optional<std::uint64_t> came_in_;  // the touch of the last page_in
  std::optional<std::pair<std::uint64_t, sim::DiskError>> refused_;  // the last, and its touch
  EventTap* tap_;
  sim::CostTable prices_;
  std::map<std::string, FileTruths> truths_now_;  // until the next observation
  std::size_t current_ = 0;                       // index of the step that is open
  std::optional<std::uint32_t> resumed_;  // the line that goes on, until something happens in it
  std::vector<std::size_t> restless_;     // summed steps executed since the last observation
  std::uint32_t process_ = 0;             // the one that runs
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t>
      summed_;                     // line and process: their summed step
  std::set<std::uint32_t> files_;  // objects that had a file's name
};

}  // namespace session
