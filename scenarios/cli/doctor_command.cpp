// One check-up, told as text, as JSON, or in a line.

#include "scenarios/cli/doctor_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "real/checkup.h"
#include "real/remedy.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/paint.h"
#include "scenarios/cli/text_report.h"
#include "scenarios/session/version.h"
#include "scenarios/session/without.h"

namespace cli {
namespace {

using json = nlohmann::ordered_json;
using real::Capability;

std::string title() {
  const std::string_view commit = session::commit();
  return fmt::format("Pagewalk {}{}", session::version(),
                     commit.empty() ? "" : fmt::format(" (commit {})", commit));
}

// The folder that scratch directories are made in.
std::string folder_of(const real::Checkup& found) {
  return std::filesystem::path(found.scratch).parent_path().string();
}

std::size_t missing_in(const std::vector<Capability>& capabilities) {
  std::size_t missing = 0;
  for (const Capability& c : capabilities) missing += c.available ? 0 : 1;
  return missing;
}

class Report {
 public:
  Report(const real::Checkup& found, const real::Surroundings& here)
      : found_(found),
        here_(here),
        paint_(Paint::for_stream(STDOUT_FILENO)),
        width_(terminal_width(STDOUT_FILENO)) {}

  std::string text() {
    out_ = title() + "\n";
    out_ += fmt::format("Linux {}{}, pages of {} bytes\n", here_.release,
                        here_.in_container ? " in a container" : "", found_.page_size.count);
    out_ += fmt::format("scratch directories in {}: {}, blocks of {} bytes\n", folder_of(found_),
                        found_.filesystem.name, found_.block_size.count);
    list("What a run can see of this computer", found_.instruments);
    list("What keeps a program in its scratch directory", found_.seal);
    out_ += '\n' + verdict() + '\n';
    return std::move(out_);
  }

 private:
  void list(const char* heading, const std::vector<Capability>& capabilities) {
    out_ += fmt::format("\n{}\n", paint_(Ink::bold, heading));
    for (const Capability& c : capabilities) {
      const std::string mark = c.available ? paint_(Ink::good, "yes") : paint_(Ink::bad, "no ");
      out_ += fmt::format("  {}  {}\n", mark, c.name);
      if (c.available) continue;
      tell("why", c.why_not);
      tell("costs", c.lost);
      tell("get it", remedy_for(c, here_));
    }
  }

  void tell(std::string_view label, const std::string& what) {
    constexpr std::size_t kIndent = 15;
    if (what.empty()) return;
    std::string start = fmt::format("       {:<8}", label);
    const std::size_t most = std::min<std::size_t>(width_, 100);
    for (const std::string& line : wrapped(what, most - kIndent)) {
      out_ += start + line + '\n';
      start = std::string(kIndent, ' ');
    }
  }

  std::string verdict() const {
    const std::size_t missing = missing_in(found_.instruments) + missing_in(found_.seal);
    if (missing == 0)
      return "Programs run here, and everything that Pagewalk looks at can be seen.";
    return fmt::format("Programs run here; of what Pagewalk could use, {} missing.",
                       missing == 1 ? "one thing is" : fmt::format("{} things are", missing));
  }

  const real::Checkup& found_;
  const real::Surroundings& here_;
  Paint paint_;
  unsigned width_;
  std::string out_;
};

void put(json& into, const char* kind, const std::vector<Capability>& capabilities,
         const real::Surroundings& here) {
  for (const Capability& c : capabilities) {
    json one{{"name", c.name}, {"kind", kind}, {"available", c.available}};
    if (!c.available) {
      one["why_not"] = c.why_not;
      one["costs"] = c.lost;
      one["remedy"] = remedy_for(c, here);
    }
    into.push_back(std::move(one));
  }
}

json json_of(const real::Or<real::Checkup>& checked, const real::Surroundings& here) {
  json all{{"schema", "pagewalk.doctor/1"},
           {"version", session::version()},
           {"commit", session::commit()},
           {"kernel", here.release},
           {"container", here.in_container}};
  const auto* problem = std::get_if<real::Problem>(&checked);
  all["can_run"] = problem == nullptr;
  if (problem != nullptr) {
    all["problem"] = problem->what;
    return all;
  }
  const auto& found = std::get<real::Checkup>(checked);
  all["page_size"] = found.page_size.count;
  all["scratch"] = {{"folder", folder_of(found)},
                    {"filesystem", found.filesystem.name},
                    {"block_size", found.block_size.count}};
  all["capabilities"] = json::array();
  put(all["capabilities"], "instrument", found.instruments, here);
  put(all["capabilities"], "sandbox", found.seal, here);
  return all;
}

real::Surroundings surroundings_of(const real::Or<real::Checkup>& checked) {
  const auto* found = std::get_if<real::Checkup>(&checked);
  return real::look_around(found != nullptr ? found->filesystem.kind : real::FilesystemKind::other);
}

}  // namespace

int doctor(const DoctorOptions& options) {
  session::Without without;
  if (const auto wrong = session::do_without(without, options.without)) {
    std::cerr << "pagewalk: --without " << *wrong << '\n';
    return kBadInput;
  }
  const auto checked = real::check_up({.sources = without.host, .layers = without.seal});
  const real::Surroundings here = surroundings_of(checked);
  const auto* problem = std::get_if<real::Problem>(&checked);
  if (options.json) {
    std::cout << json_of(checked, here).dump(2) << '\n';
  } else if (problem == nullptr) {
    std::cout << Report(std::get<real::Checkup>(checked), here).text();
  }
  if (problem == nullptr) return kOk;
  std::cerr << "pagewalk: no program can be run on this computer: " << problem->what
            << "\n(--on sim runs it on the simulated computer alone)\n";
  return kBadInput;
}

std::string version_text() {
  const auto checked = real::check_up({});
  const real::Surroundings here = surroundings_of(checked);
  std::string text = fmt::format("{}\nLinux {}: ", title(), here.release);
  const auto* found = std::get_if<real::Checkup>(&checked);
  if (found == nullptr) return text + "no program can be run here (`pagewalk doctor` says why)";
  std::vector<std::string> has, lacks;
  for (const auto* list : {&found->instruments, &found->seal}) {
    for (const Capability& c : *list) (c.available ? has : lacks).push_back(c.name);
  }
  text += has.empty() ? "nothing that Pagewalk could use" : fmt::format("{}", fmt::join(has, ", "));
  if (lacks.empty()) return text;
  return text + fmt::format("\nnot here: {} (`pagewalk doctor` says why)", fmt::join(lacks, ", "));
}

}  // namespace cli
