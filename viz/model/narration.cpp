// One step for each thing the events tell, between the walk and the retry.

#include "viz/model/narration.h"

#include <fmt/format.h>

#include "viz/model/words.h"

namespace viz {

std::string process_at(const Player& player) {
  const sim::Kernel& kernel = player.machine().kernel();
  if (kernel.next_process == 1) return "";
  if (kernel.running.number == 0) return "the parent";
  const bool is_only = kernel.next_process == 2;
  return is_only ? "the child" : fmt::format("child {}", kernel.running.number);
}
namespace {

using sim::Event;
using sim::EventKind;

class Narrator {
 public:
  explicit Narrator(const Player& player)
      : player_(player), run_(player.film().run()), story_(*player.story()) {}

  std::vector<MicroStep> steps() {
    if (story_.access) add_walk();
    bool faulted = false;
    for (const Event& e : story_.events) {
      if (e.kind == EventKind::fault_major || e.kind == EventKind::fault_minor) fault_ = &e;
    }
    for (const Event& e : story_.events) {
      if (!faulted && e.kind != EventKind::tlb_miss && fault_ != nullptr) {
        add_fault();
        faulted = true;
      }
      add(e);
    }
    return std::move(steps_);
  }

 private:
  std::string page(const Event& e) const { return name_of_page(run_, e.page); }
  std::string brief(const Event& e) const { return short_name_of_page(run_, e.page); }
  void push(MicroStepKind kind, const char* title, std::string summary, std::string sentence) {
    steps_.push_back({kind, title, std::move(summary), with_capital(std::move(sentence))});
  }

  void add_walk() {
    const sim::Pte entry = story_.walk.entry;
    const std::string name = name_of_page(run_, story_.page);
    if (story_.walk.is_in_tlb) {
      return push(MicroStepKind::walk, "Walk", "TLB hit",
                  "The TLB knows the page's frame: no walk through the tables.");
    }
    // Without a TLB every access walks, and nothing is missed.
    const bool has_tlb = story_.before->kernel().mmu.tlb().is_on();
    const std::string summary = has_tlb ? "TLB miss, " : "";
    const std::string miss = has_tlb ? "The TLB does not know the page. " : "";
    if (entry.is_present()) {
      return push(MicroStepKind::walk, "Walk", summary + "present",
                  fmt::format("{}The tables lead to a present entry for {}.", miss, name));
    }
    const bool swapped = entry.has(sim::pte_bit::swapped);
    push(MicroStepKind::walk, "Walk", summary + "not present",
         fmt::format("{}The tables lead to no frame for {}{}.", miss, name,
                     swapped ? fmt::format(": it lies in swap slot {}", entry.slot().index) : ""));
  }

  void add_fault() {
    const bool major = fault_->kind == EventKind::fault_major;
    const auto has = [&](std::uint16_t bit) { return (fault_->detail & bit) != 0; };
    const std::string name = page(*fault_);
    std::string why = "its page gets a frame, nothing is read";
    std::string summary = major ? "major" : "minor";
    if (has(sim::fault_detail::write_notify)) {
      why = is_after_fork(*fault_)
                ? "no other process has it any more, and the store gets its permission back"
                : "the page was clean, and the kernel wants to know of its first store";
      summary = "write-notify";
    } else if (has(sim::fault_detail::cow)) {
      why = is_after_fork(*fault_) ? "another process has the page too, and the store copies it"
                                   : "the store needs a private copy of the page";
      summary += ", copy-on-write";
    } else if (has(sim::fault_detail::swap_in)) {
      why = "the page has to come back from swap";
      summary += ", in swap";
    } else if (has(sim::fault_detail::zero_page)) {
      why = "fresh memory reads as zeros without a frame of its own";
      summary += ", zero page";
    } else if (major) {
      why = "the page has to be read from the disk";
    }
    push(MicroStepKind::fault, "Fault", summary,
         fmt::format("A {} page fault on {}: {}.", major ? "major" : "minor", name, why));
  }

  // Of a page that two processes had from the fork on: one without a file.
  bool is_after_fork(const Event& e) const {
    const sim::Kernel& kernel = player_.machine().kernel();
    return kernel.next_process > 1 && !kernel.files.inodes().contains(e.page.object);
  }

  // Why this page, by the rule of the policy and with its figure where it has one.
  std::string reason() const {
    const auto& victim = story_.victim;
    switch (player_.machine().config().policy) {
      case sim::PolicyKind::lru:
        if (!victim || !victim->uses_of_others_since) return "unused for longest";
        return fmt::format("unused for {}, longest of all",
                           counted(*victim->uses_of_others_since, "use"));
      case sim::PolicyKind::fifo: return "in memory for longest";
      case sim::PolicyKind::clock: return "not accessed since the hand passed";
      case sim::PolicyKind::random: return "drawn by lot";
    }
    return "";
  }

  // The same in two words.
  std::string brief_reason() const {
    switch (player_.machine().config().policy) {
      case sim::PolicyKind::lru: return "oldest use";
      case sim::PolicyKind::fifo: return "oldest page";
      case sim::PolicyKind::clock: return "not accessed";
      case sim::PolicyKind::random: return "by lot";
    }
    return "";
  }

  // Where the page of the access is, now that it is over.
  std::string brief_place(const Event& e) const {
    if (!story_.access) return brief(e);
    const sim::Pte entry = sim::walk_of(player_.machine(), story_.access->address).entry;
    if (!entry.has_frame()) return brief(e);
    return fmt::format("{} in frame {}", brief(e), entry.frame().index);
  }

  void add_victim(const Event& e) {
    if (told_victim_ == e.page) return;
    told_victim_ = e.page;
    push(MicroStepKind::victim, "Victim", fmt::format("{}, {}", brief(e), brief_reason()),
         fmt::format("No frame is free. {} has to go: {}.", with_capital(page(e)), reason()));
  }

  void add(const Event& e);

  const Player& player_;
  const session::Run& run_;
  const TouchStory& story_;
  const Event* fault_ = nullptr;
  std::optional<sim::PageName> told_victim_;
  std::vector<MicroStep> steps_;
};

void Narrator::add(const Event& e) {
  switch (e.kind) {
    case EventKind::evict: add_victim(e); break;
    case EventKind::write_back:
      if (sim::WriteBackReason{e.detail} == sim::WriteBackReason::eviction) add_victim(e);
      push(MicroStepKind::write_back, "Write back", brief(e) + " to the disk",
           fmt::format("{} is dirty: it is written to its file first.", page(e)));
      break;
    case EventKind::swap_out:
      add_victim(e);
      push(
          MicroStepKind::swap_out, "Swap out", fmt::format("{} to slot {}", brief(e), e.count),
          fmt::format("Its only copy is in its frame: {} goes to swap slot {}.", page(e), e.count));
      break;
    case EventKind::page_in:
      push(MicroStepKind::read, "Read", brief(e) + " from the disk",
           fmt::format("{} is read from the disk into the page cache.", page(e)));
      break;
    case EventKind::swap_in:
      push(MicroStepKind::read, "Read", fmt::format("{} from slot {}", brief(e), e.count),
           fmt::format("{} is read back from swap slot {}.", page(e), e.count));
      break;
    case EventKind::fault_major:
    case EventKind::fault_minor:
      push(MicroStepKind::map, "Map", brief_place(e),
           fmt::format("The page-table entry of {} now leads to its frame.", page(e)));
      break;
    case EventKind::dirty:
      push(MicroStepKind::map, "Mark dirty", brief(e),
           fmt::format("{} is dirty from now on: memory and disk disagree.", page(e)));
      break;
    case EventKind::access:
      push(MicroStepKind::retry, fault_ != nullptr ? "Retry" : "Access", brief_access_text(player_),
           fmt::format("{}{}.", fault_ != nullptr ? "The access is made again: " : "",
                       access_text(player_)));
      break;
    case EventKind::signal:
      push(MicroStepKind::retry, "Signal", session::name_of_signal(e.detail),
           fmt::format("The access ends in {}.", session::name_of_signal(e.detail)));
      break;
    case EventKind::disk_error:
    case EventKind::process_switch:
    case EventKind::tlb_miss:
    case EventKind::system_call: break;
  }
}

}  // namespace

std::vector<MicroStep> micro_steps(const Player& player) {
  if (!player.story()) return {};
  return Narrator(player).steps();
}

std::string told(const Player& player) {
  if (!player.story() || player.story()->is_past) return "";
  const TouchStory& story = *player.story();
  std::string text;
  bool has_fault = false;
  for (const MicroStep& step : micro_steps(player)) {
    has_fault = has_fault || step.kind == MicroStepKind::fault;
    const bool is_small = step.kind == MicroStepKind::walk || step.kind == MicroStepKind::map ||
                          step.kind == MicroStepKind::retry;
    if (is_small) continue;
    if (!text.empty()) text += " ";
    text += step.sentence;
  }
  if (has_fault || !text.empty()) return text;
  const std::string access = access_text(player);
  if (!story.access) return fmt::format("The {}: it is in memory already.", access);
  return fmt::format("The {} found {} in memory: no fault.", access,
                     name_of_page(player.film().run(), story.page));
}

}  // namespace viz
