// The machine before the access up to the read, and after it from the mapping on.

#include "viz/model/steps_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "viz/model/words.h"

namespace viz {
namespace {

constexpr std::size_t kRows = 10, kFrames = 8, kSlots = 5;

class Steps {
 public:
  Steps(const Player& player, std::size_t current)
      : player_(player), story_(*player.story()), run_(player.film().run()) {
    view_.steps = micro_steps(player);
    view_.current = std::min(current, view_.steps.size() - 1);
    const MicroStepKind kind = view_.steps[view_.current].kind;
    is_after_ = kind == MicroStepKind::map || kind == MicroStepKind::retry;
    for (const sim::Event& e : story_.events) {
      if (e.kind == sim::EventKind::evict) victim_ = e.page;
    }
    is_writing_ = kind == MicroStepKind::swap_out || kind == MicroStepKind::write_back;
    is_gone_ = kind == MicroStepKind::read;
  }

  StepsView view() {
    add_table();
    add_frames();
    add_swap();
    const LineFigures total = player_.film().totals(player_.tick());
    view_.figures = {{"faults so far", with_commas(total.faults())},
                     {"swapped out", with_commas(total.swapped_out)},
                     {"swapped in", with_commas(total.swapped_in)},
                     {"written back", with_commas(total.written)}};
    return std::move(view_);
  }

 private:
  const sim::Machine& machine() const { return is_after_ ? player_.machine() : *story_.before; }
  std::string short_name(sim::PageName page) const {
    return fmt::format("{}{}", initial_of(name_of_object(run_, page.object)), page.index);
  }
  // As the step has it: the victim is on its way, then gone.
  PageState shown(sim::PageName page, PageState state) const {
    if (is_after_ || page != victim_) return state;
    if (is_writing_) return PageState::being_written;
    if (!is_gone_) return state;
    return player_.film().history().is_file(page.object) ? PageState::absent : PageState::swapped;
  }

  void add_table();
  void add_frames();
  void add_swap();

  const Player& player_;
  const TouchStory& story_;
  const session::Run& run_;
  StepsView view_;
  std::optional<sim::PageName> victim_;
  bool is_after_ = false, is_writing_ = false, is_gone_ = false;
};

// The entries of the area that is accessed, around the page.
void Steps::add_table() {
  if (!story_.access) return;
  const sim::VirtAddr address = story_.access->address;
  const auto areas = sim::areas_of(machine());
  const auto area = std::find_if(areas.begin(), areas.end(), [&](const sim::AreaView& a) {
    return a.first <= address && address < a.end;
  });
  if (area == areas.end()) return;
  view_.table_title = fmt::format("Page table of {}", name_of_object(run_, story_.page.object));
  const std::uint64_t size = machine().page_size().count;
  const std::uint64_t pages = (area->end.index - area->first.index) / size;
  const std::uint64_t at = (address.index - area->first.index) / size;
  const std::uint64_t first =
      pages <= kRows ? 0 : std::min(at - std::min<std::uint64_t>(at, kRows / 2), pages - kRows);
  for (std::uint64_t p = first; p < std::min<std::uint64_t>(pages, first + kRows); ++p) {
    const sim::Pte pte = sim::walk_of(machine(), area->first + sim::Bytes{p * size}).entry;
    TableRowView row;
    // Names of pages are counted from the accessed one.
    const sim::PageName name{story_.page.object,
                             static_cast<std::uint32_t>(story_.page.index + p - at)};
    row.page = short_name(name);
    row.is_current = p == at;
    row.present = pte.is_present();
    row.accessed = pte.has(sim::pte_bit::accessed);
    row.dirty = pte.has(sim::pte_bit::dirty);
    if (pte.has_frame()) {
      const sim::FrameView frame = sim::frame_of(machine(), pte.frame());
      row.where = fmt::format("frame {}", pte.frame().index);
      row.state = shown(name, frame.is_dirty ? PageState::dirty : PageState::clean);
    } else if (pte.has(sim::pte_bit::swapped)) {
      row.where = fmt::format("slot {}", pte.slot().index);
      row.state = PageState::swapped;
    } else {
      row.where = pte.is_present()               ? "zero page"
                  : area->file != sim::kNoObject ? "disk"
                                                 : "nowhere yet";
    }
    if (!is_after_ && victim_ == name && (is_writing_ || is_gone_)) {
      row.present = row.accessed = row.dirty = false;
      if (is_gone_) {
        row.state = shown(name, row.state);
        row.where = row.state == PageState::swapped ? "swap" : "disk";
      }
    }
    view_.table.push_back(std::move(row));
  }
}

void Steps::add_frames() {
  view_.frames_title = "Frames, next victim first";
  const auto victims = sim::next_victims(machine(), kFrames);
  const std::uint64_t used = sim::frames_in_use(machine()), all = machine().config().frames.count;
  for (const sim::FrameView& frame : victims) {
    FrameRowView row;
    row.frame = std::to_string(frame.frame.index);
    row.page = short_name(frame.page);
    row.state = shown(frame.page, frame.is_dirty ? PageState::dirty : PageState::clean);
    row.is_accessed = frame.is_accessed;
    row.unused_for = frame.uses_of_others_since;
    row.is_victim = !is_after_ && victim_ == frame.page;
    view_.frames.push_back(std::move(row));
  }
  if (used < all) {
    view_.frames_note = fmt::format("{} free: nothing to evict", with_commas(all - used));
  } else if (victim_) {
    for (const MicroStep& step : view_.steps) {
      if (step.kind == MicroStepKind::victim) view_.frames_note = step.sentence;
    }
  }
}

void Steps::add_swap() {
  std::optional<std::uint64_t> target;
  const MicroStepKind kind = view_.steps[view_.current].kind;
  for (const sim::Event& e : story_.events) {
    const bool out = e.kind == sim::EventKind::swap_out && kind == MicroStepKind::swap_out;
    const bool in = e.kind == sim::EventKind::swap_in && kind == MicroStepKind::read;
    if (!out && !in) continue;
    target = e.count;
    view_.swap.push_back({std::to_string(e.count), short_name(e.page), true});
  }
  for (const sim::SwapView& slot : sim::swap_of(machine())) {
    if (target == slot.slot.index || view_.swap.size() == kSlots) continue;
    view_.swap.push_back({std::to_string(slot.slot.index), short_name(slot.page), false});
  }
  std::sort(view_.swap.begin(), view_.swap.end(), [](const SlotRowView& a, const SlotRowView& b) {
    return std::stoull(a.slot) < std::stoull(b.slot);
  });
}

}  // namespace

StepsView steps_view(const Player& player, std::size_t current) {
  StepsView none;
  if (!player.story() || player.story()->is_past || micro_steps(player).empty()) {
    none.why_none = "This line touched no memory. Step to an access, then look again.";
    return none;
  }
  return Steps(player, current).view();
}

}  // namespace viz
