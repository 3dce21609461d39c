// Faults and states of files' pages, made alike where a disk would make the difference.

#include "scenarios/session/without_disk.h"

#include <set>

namespace session {
namespace {

using Objects = std::set<std::uint32_t>;

Objects files_of(const Run& run) {
  Objects files;
  for (const Step& step : run.steps) {
    for (const auto& [name, figures] : step.after.files) files.insert(figures.object);
    for (const PageRun& pages : step.pages_in) files.insert(pages.object);
    for (const PageRun& pages : step.after.dirty) files.insert(pages.object);
  }
  return files;
}

bool is_write_notify(std::uint16_t detail) {
  return (detail & sim::fault_detail::write_notify) != 0;
}

void add(std::vector<FaultRun>& runs, const FaultRun& next) {
  const bool goes_on = !runs.empty() && runs.back().pages.object == next.pages.object &&
                       runs.back().pages.end == next.pages.first &&
                       runs.back().major == next.major && runs.back().detail == next.detail;
  if (goes_on) {
    runs.back().pages.end = next.pages.end;
  } else {
    runs.push_back(next);
  }
}

void strip(Step& step, const Objects& files) {
  std::vector<FaultRun> faults;
  for (FaultRun fault : step.faults) {
    const bool is_files = files.contains(fault.pages.object);
    if (is_files && is_write_notify(fault.detail)) continue;
    if (is_files) fault.major = false;
    add(faults, fault);
  }
  step.faults = std::move(faults);
  std::erase_if(step.after.resident,
                [&](const PageRun& pages) { return files.contains(pages.object); });
  for (auto& [process, mapped] : step.after.mapped) {
    if (!mapped.resident) continue;  // a file in memory counts as shared memory (RssShmem)
    mapped.resident->shared.count += mapped.resident->file.count;
    mapped.resident->file = {};
  }
}

void strip(TouchTrace& trace, const Objects& files) {
  const auto is_files = [&](const TouchNote& note) {
    return !note.is_signal && files.contains(note.page.object);
  };
  std::erase_if(trace.notes, [&](const TouchNote& note) {
    return is_files(note) && is_write_notify(note.detail);
  });
  for (TouchNote& note : trace.notes) {
    if (is_files(note)) note.major = false;
  }
}

}  // namespace

std::pair<Run, Run> without_disk(const Run& simulated, const Run& real) {
  std::pair<Run, Run> both(simulated, real);
  Objects files = files_of(simulated);
  files.merge(files_of(real));
  for (Run* run : {&both.first, &both.second}) {
    for (Step& step : run->steps) strip(step, files);
    if (run->trace) strip(*run->trace, files);
  }
  return both;
}

}  // namespace session
