// The file's sizes, line by line, say where it was cut; the calls, where memory was unmapped.

#include "scenarios/session/death_cause.h"

#include <fmt/format.h>

#include <csignal>

#include "scenarios/session/run.h"

namespace session {
namespace {

std::string size_in_words(std::uint64_t bytes) {
  if (bytes >= 1024 && bytes % 1024 == 0) return fmt::format("{} KiB", bytes / 1024);
  return fmt::format("{} byte{}", bytes, bytes == 1 ? "" : "s");
}

// A file's size over the steps.
struct SizeHistory {
  std::optional<std::uint64_t> size;
  std::optional<std::uint32_t> cut_in;  // the line after which it was smaller than before
};

SizeHistory sizes_of(const Run& run, std::uint32_t object) {
  SizeHistory history;
  for (const Step& step : run.steps) {
    for (const auto& [_, file] : step.after.files) {
      if (file.object != object) continue;
      if (history.size && file.size < *history.size) history.cut_in = step.line;
      history.size = file.size;
    }
  }
  return history;
}

std::optional<std::uint32_t> last_unmapping_line(const Run& run) {
  std::optional<std::uint32_t> line;
  for (const Step& step : run.steps) {
    const auto unmap = static_cast<std::size_t>(sim::SystemCall::munmap);
    if (step.line > 0 && step.counters.system_calls[unmap] > 0) line = step.line;
  }
  return line;
}

std::string cause_of_sigbus(const Run& run, const FatalTouch& touch, const std::string& page) {
  const auto disk = touch.disk;
  if (disk == sim::DiskError::full) return page + " is a hole, and the disk has no room for it";
  if (disk) return fmt::format("the disk could not read {}", page);
  const SizeHistory history = sizes_of(run, touch.page.object);
  const std::uint64_t begin = touch.page.index * run.machine.page_size.count;
  if (!history.size || *history.size > begin) {
    return fmt::format("the kernel could not bring in {}: the disk is full or cannot read", page);
  }
  const std::string size = size_in_words(*history.size);
  if (!history.cut_in) return fmt::format("{} lies behind its end: it has {}", page, size);
  return fmt::format("{} lies behind its end, cut to {} in line {}", page, size, *history.cut_in);
}

std::string cause_of_sigsegv(const Run& run, const FatalTouch& touch, const std::string& page) {
  if (touch.page.object != sim::kNoObject) return page + " is mapped for reading only";
  const auto line = last_unmapping_line(run);
  return line ? fmt::format("nothing is mapped there any more: munmap in line {}", *line)
              : "nothing is mapped there";
}

}  // namespace

std::string name_of_signal(int signal) {
  switch (signal) {
    case SIGBUS: return "SIGBUS";
    case SIGSEGV: return "SIGSEGV";
    case SIGKILL: return "SIGKILL";
    default: return fmt::format("signal {}", signal);
  }
}

std::optional<std::string> page_of_death(const Run& run) {
  const bool is_told = run.ending.kind == EndKind::died && run.fatal_touch &&
                       run.fatal_touch->signal == run.ending.signal &&
                       run.fatal_touch->page.object != sim::kNoObject;
  if (!is_told) return std::nullopt;
  const sim::PageName page = run.fatal_touch->page;
  return name_of(run, PageRun{page.object, page.index, std::uint64_t{page.index} + 1});
}

std::string cause_of_death(const Run& run) {
  if (run.ending.kind != EndKind::died || !run.fatal_touch) return "";
  const FatalTouch& touch = *run.fatal_touch;
  if (touch.signal != run.ending.signal) return "";
  std::string page;
  if (const auto name = page_of_death(run)) {
    const auto colon = name->rfind(':');
    page = fmt::format("page {} of {}", name->substr(colon + 1), name->substr(0, colon));
  }
  switch (touch.signal) {
    case SIGBUS: return cause_of_sigbus(run, touch, page);
    case SIGSEGV: return cause_of_sigsegv(run, touch, page);
    default: return page.empty() ? "" : "it touched " + page;
  }
}

}  // namespace session
