// Programs by name, machines by the setting that differs.

#include "viz/model/beside_choice.h"

#include <fmt/format.h>

#include <algorithm>

#include "viz/model/words.h"

namespace viz {
namespace {

constexpr sim::PolicyKind kPolicies[] = {sim::PolicyKind::lru, sim::PolicyKind::fifo,
                                         sim::PolicyKind::clock, sim::PolicyKind::random};

constexpr std::uint64_t kFewFrames = 64;  // one more or less of them can be seen

std::string machine_title(const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  const std::string key = assignment.substr(0, equals), value = assignment.substr(equals + 1);
  const bool is_number = !value.empty() && value.size() < 19 &&
                         value.find_first_not_of("0123456789") == std::string::npos;
  if (key == "frames" && is_number) {
    return fmt::format("With {}", counted(std::stoull(value), "frame"));
  }
  for (const sim::PolicyKind policy : kPolicies) {
    if (key == "policy" && value == sim::name_of(policy)) {
      return fmt::format("With {}", policy_text(policy));
    }
  }
  if (key == "tlb_entries" && value == "0") return "Without a TLB";
  if (key == "tlb_entries") return fmt::format("With a TLB of {} entries", value);
  return "With " + assignment;
}

}  // namespace

bool is_setting(const std::string& choice) { return choice.find('=') != std::string::npos; }

std::string title_of(const std::string& choice, const std::vector<LessonPage>& pages) {
  for (const LessonPage& page : pages) {
    if (page.program.name == choice) return page.title;
  }
  return machine_title(choice);
}

std::vector<BesideChoice> beside_choices(const std::vector<LessonPage>& pages, std::size_t page) {
  std::vector<BesideChoice> choices;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    if (p != page) choices.push_back({pages[p].program.name, pages[p].title});
  }
  const sim::MachineConfig& machine = pages[page].program.settings.machine;
  const auto add = [&](const std::string& setting) {
    const auto settings = with_setting(pages[page].program.settings, setting);
    const bool is_there = std::any_of(choices.begin(), choices.end(),
                                      [&](const BesideChoice& c) { return c.name == setting; });
    if (is_there || std::holds_alternative<std::string>(settings)) return;
    choices.push_back({setting, machine_title(setting)});
  };
  const std::uint64_t frames = machine.frames.count;
  add(fmt::format("frames={}", frames / 2));
  if (frames <= kFewFrames) {
    add(fmt::format("frames={}", frames - 1));
    add(fmt::format("frames={}", frames + 1));
  }
  add(fmt::format("frames={}", frames * 2));
  for (const sim::PolicyKind policy : kPolicies) {
    if (policy != machine.policy) add(fmt::format("policy={}", sim::name_of(policy)));
  }
  add(machine.tlb.entries > 0 ? "tlb_entries=0" : "tlb_entries=64");
  return choices;
}

std::string beside_default(const std::vector<LessonPage>& pages, std::size_t page) {
  if (page + 1 < pages.size()) return pages[page + 1].program.name;
  if (page > 0) return pages[page - 1].program.name;
  return fmt::format("frames={}", pages[page].program.settings.machine.frames.count * 2);
}

std::variant<session::Settings, std::string> with_setting(const session::Settings& settings,
                                                          const std::string& assignment) {
  session::Settings other = settings;
  if (const auto problem = session::apply_setting(other, assignment)) return *problem;
  if (const auto problem = session::check_settings(other)) return *problem;
  return other;
}

}  // namespace viz
