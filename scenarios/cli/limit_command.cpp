// A row a line, one a policy, and what the figures are worth.

#include "scenarios/cli/limit_command.h"

#include <fmt/format.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "scenarios/cli/exit_status.h"
#include "scenarios/session/limited.h"

namespace cli {
namespace {

using json = nlohmann::ordered_json;
using session::Counters;
using session::Limited;
using session::Run;

// What the executions of each line add up to: two runs under different policies can cut a program's
// steps alike and still be long.
std::map<std::uint32_t, Counters> by_line(const Run& run) {
  std::map<std::uint32_t, Counters> lines;
  for (const session::Step& step : run.steps) lines[step.line] += step.counters;
  return lines;
}

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string faults(const Counters& c) {
  return fmt::format("{} major, {} minor", grouped(c.major), grouped(c.minor));
}

std::uint64_t apart(std::uint64_t a, std::uint64_t b) { return a < b ? b - a : a - b; }

class Text {
 public:
  Text(const session::Source& source, const Limited& limited, const Page& page)
      : source_(source), limited_(limited), page_(page) {}

  std::string text() {
    head();
    lines();
    policies();
    worth();
    endings();
    return std::move(out_);
  }

 private:
  const Run& simulated() const { return limited_.simulated.front(); }
  const char* policy() const { return sim::name_of(simulated().machine.policy); }
  void say(Ink ink, const std::string& line) { out_ += page_.paint(ink, line) + "\n"; }
  void paragraph(Ink ink, std::string_view text) {
    for (const std::string& line : wrapped(text, page_.width)) say(ink, line);
  }

  void head() {
    const std::uint64_t frames = simulated().machine.frames.count;
    paragraph(Ink::plain,
              fmt::format("{} under a real limit: {} pages in a memory cgroup (version {}), {} of "
                          "them the process's own before the program begins and {} for the "
                          "program. The simulated computer has {} frames. Nothing is mirrored.",
                          source_.name, grouped(limited_.limit.count), limited_.cgroup_version,
                          grouped(limited_.own.count), grouped(frames), grouped(frames)));
    say(Ink::dim, fmt::format("{:<5}{:<34}{}", "", fmt::format("simulated, {}", policy()),
                              "this computer's kernel"));
  }

  void row(const std::string& name, const Counters& sim, const Counters& kernel) {
    say(sim.major + kernel.major > 0 ? Ink::fault : Ink::plain,
        fmt::format("{:<5}{:<34}{}", name, faults(sim), faults(kernel)));
  }

  void lines() {
    auto sim = by_line(simulated());
    auto kernel = by_line(limited_.kernel);
    for (auto& [line, c] : kernel) sim.try_emplace(line);
    for (const auto& [line, c] : sim) {
      const Counters& k = kernel[line];
      if (c.major + c.minor + k.major + k.minor == 0) continue;
      say(Ink::bold, fmt::format("{:>4} {}", line == 0 ? "" : std::to_string(line),
                                 line == 0 ? "exit" : source_.line(line)));
      row("", c, k);
    }
    row(" all", simulated().totals, limited_.kernel.totals);
  }

  void policies() {
    const std::uint64_t kernels = limited_.kernel.totals.major;
    out_ += "\nMajor faults, and how far the kernel's are from each policy's\n";
    say(Ink::bold, fmt::format("  {:<12}{:>12}", "the kernel", grouped(kernels)));
    for (const Run& run : limited_.simulated) {
      out_ += fmt::format("  {:<12}{:>12}{:>12} apart\n", sim::name_of(run.machine.policy),
                          grouped(run.totals.major), grouped(apart(run.totals.major, kernels)));
    }
    out_ += '\n';
  }

  // What keeps the two from being the same, and what makes them incomparable.
  void worth() {
    if (simulated().totals.evicted == 0) {
      paragraph(Ink::bold, fmt::format("Nothing had to go: {} frames are enough for this program. "
                                       "--set frames=N with fewer makes memory short.",
                                       grouped(simulated().machine.frames.count)));
    }
    paragraph(Ink::dim,
              "The kernel evicts 32 pages at a time, keeps an active and an inactive list instead "
              "of one in order of use, and charges up to 64 pages in advance for each CPU: its "
              "figures are near a policy's, not equal to them, and differ a little from run to "
              "run. Maps are advised MADV_RANDOM, against readahead; since Linux 6.3 the kernel "
              "then takes loads and stores through them for no use, which brings it near FIFO.");
    if (limited_.own_growth != 0) {
      paragraph(Ink::dim,
                fmt::format("The process itself {} by {} pages meanwhile.",
                            limited_.own_growth > 0 ? "grew" : "shrank",
                            grouped(static_cast<std::uint64_t>(std::abs(limited_.own_growth)))));
    }
    if (!limited_.has_swap) {
      paragraph(Ink::dim,
                "This computer has no swap area: its kernel cannot evict anonymous memory (arrays "
                "that are no memmap), the simulated one can. Only pages of files compare.");
    }
  }

  void endings() {
    for (const Run* run : {&simulated(), &limited_.kernel}) {
      const session::Ending& end = run->ending;
      if (end.has_succeeded()) continue;
      paragraph(Ink::bad, fmt::format("{}: {} in line {}{}{}",
                                      run == &limited_.kernel ? "this computer" : "simulated",
                                      session::name_of(end.kind), end.line,
                                      end.message.empty() ? "" : ": ", end.message));
    }
  }

  const session::Source& source_;
  const Limited& limited_;
  const Page& page_;
  std::string out_;
};

json faults_json(const Counters& c) {
  return {{"major", c.major}, {"minor", c.minor}, {"pages_in", c.pages_in}};
}

json run_json(const Run& run) {
  json j = faults_json(run.totals);
  j["ending"] = {{"how", session::name_of(run.ending.kind)},
                 {"line", run.ending.line},
                 {"message", run.ending.message},
                 {"status", run.ending.status},
                 {"signal", run.ending.signal}};
  return j;
}

// Schema "pagewalk.limit/1"; docs/json.md documents every field.
json to_json(const session::Source& source, const session::Settings& settings,
             const Limited& limited) {
  json j{{"schema", "pagewalk.limit/1"}, {"program", source.name}};
  for (const session::SettingInfo& info : session::settings_reference()) {
    j["machine"][std::string(info.key)] = session::value_of(settings, info.key);
  }
  j["cgroup"] = {{"version", limited.cgroup_version},
                 {"limit_pages", limited.limit.count},
                 {"own_pages", limited.own.count},
                 {"own_growth_pages", limited.own_growth},
                 {"has_swap", limited.has_swap}};
  j["kernel"] = run_json(limited.kernel);
  for (const Run& run : limited.simulated) {
    j["simulated"].push_back(run_json(run));
    j["simulated"].back()["policy"] = sim::name_of(run.machine.policy);
    j["simulated"].back()["evicted"] = run.totals.evicted;
  }
  const auto kernel = by_line(limited.kernel);
  j["lines"] = json::array();
  for (const auto& [line, counters] : by_line(limited.simulated.front())) {
    const auto theirs = kernel.find(line);
    j["lines"].push_back(
        {{"line", line},
         {"source", source.line(line)},
         {"simulated", faults_json(counters)},
         {"kernel", faults_json(theirs == kernel.end() ? Counters{} : theirs->second)}});
  }
  return j;
}

}  // namespace

int run_under_limit(const session::Play& play, As as, const Page& page) {
  const auto result = session::play_limited(play);
  if (const auto* bad = std::get_if<session::Failure>(&result)) {
    std::cerr << "pagewalk: " << bad->message << '\n';
    return kBadInput;
  }
  const auto& limited = std::get<Limited>(result);
  const session::Source source{play.program.file_name, play.program.lines};
  if (as == As::json) {
    std::cout << to_json(source, play.settings, limited).dump(1) << '\n';
  } else {
    std::cout << Text(source, limited, page).text();
  }
  return worse(status_of(limited.kernel.ending), status_of(limited.simulated.front().ending));
}

}  // namespace cli
