// The machine before the access up to the read, and after it from the mapping on.

#include "viz/model/steps_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "viz/model/words.h"

namespace viz {
namespace {

constexpr std::size_t kRows = 10, kFrames = 8, kSlots = 5, kSlotsBesideDisk = 3;

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
    add_disk();
    // Until the page is mapped, as before the access.
    const Tick counted_to = is_after_ ? player_.tick() : player_.tick() - 1;
    const LineFigures total = player_.film().totals(counted_to);
    view_.figures = {{"faults so far", with_commas(total.faults())},
                     {"swapped out", with_commas(total.swapped_out)},
                     {"swapped in", with_commas(total.swapped_in)},
                     {"written back", with_commas(total.written)}};
    return std::move(view_);
  }

 private:
  const sim::Machine& machine() const { return is_after_ ? player_.machine() : *story_.before; }
  std::string short_name(sim::PageName page) const { return short_name_of_page(run_, page); }
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
  void add_disk();
  void add_target_frame();
  // Where the victim went, in a step after that.
  std::optional<std::uint64_t> slot_of_victim() const;
  // The event that this step tells of, if it moves a page.
  const sim::Event* moving() const;

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
  view_.has_tlb = machine().kernel().mmu.tlb().is_on();
  view_.table_title = fmt::format("Page table of {}", name_of_object(run_, story_.page.object));
  const std::uint64_t size = machine().page_size().count;
  const std::uint64_t pages = (area->end.index - area->first.index) / size;
  const std::uint64_t at = (address.index - area->first.index) / size;
  const std::uint64_t first =
      pages <= kRows ? 0 : std::min(at - std::min<std::uint64_t>(at, kRows / 2), pages - kRows);
  for (std::uint64_t p = first; p < std::min<std::uint64_t>(pages, first + kRows); ++p) {
    const sim::Walk walk = sim::walk_of(machine(), area->first + sim::Bytes{p * size});
    const sim::Pte pte = walk.entry;
    TableRowView row;
    row.is_in_tlb = walk.is_in_tlb;
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
        const auto slot = slot_of_victim();
        row.where = slot ? fmt::format("slot {}", *slot) : "disk";
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
    if (row.is_victim && is_writing_) view_.travel = TravelView{view_.frames.size(), {}, true};
    view_.frames.push_back(std::move(row));
  }
  if (is_gone_) add_target_frame();
  if (used < all) {
    view_.frames_note = fmt::format("{} free: nothing to evict", with_commas(all - used));
  } else if (victim_) {
    for (const MicroStep& step : view_.steps) {
      if (step.kind == MicroStepKind::victim) view_.frames_note = step.sentence;
    }
  }
}

// The frame that the page of the access goes to.
void Steps::add_target_frame() {
  if (moving() == nullptr || !story_.access) return;
  const sim::Pte entry = sim::walk_of(player_.machine(), story_.access->address).entry;
  if (!entry.has_frame()) return;
  const std::string number = std::to_string(entry.frame().index);
  auto row = std::find_if(view_.frames.begin(), view_.frames.end(),
                          [&](const FrameRowView& r) { return r.frame == number; });
  if (row == view_.frames.end()) {
    if (view_.frames.size() == kFrames) view_.frames.pop_back();
    row = view_.frames.insert(view_.frames.end(), FrameRowView{});
  }
  *row = {number, short_name(story_.page), PageState::absent, false, {}, false, true};
  view_.travel = TravelView{static_cast<std::size_t>(row - view_.frames.begin()), {}, false};
}

const sim::Event* Steps::moving() const {
  using enum sim::EventKind;
  const MicroStepKind kind = view_.steps[view_.current].kind;
  for (const sim::Event& e : story_.events) {
    const bool is_it = (e.kind == swap_out && kind == MicroStepKind::swap_out) ||
                       (e.kind == write_back && kind == MicroStepKind::write_back) ||
                       ((e.kind == swap_in || e.kind == page_in) && kind == MicroStepKind::read);
    if (is_it) return &e;
  }
  return nullptr;
}

std::optional<std::uint64_t> Steps::slot_of_victim() const {
  if (!is_gone_) return std::nullopt;
  for (const sim::Event& e : story_.events) {
    if (e.kind == sim::EventKind::swap_out && e.page == victim_) return e.count;
  }
  return std::nullopt;
}

void Steps::add_swap() {
  const sim::Event* move = moving();
  std::optional<std::uint64_t> target;
  if (move != nullptr &&
      (move->kind == sim::EventKind::swap_out || move->kind == sim::EventKind::swap_in)) {
    target = move->count;
    view_.swap.push_back({std::to_string(move->count), short_name(move->page), true});
  }
  if (const auto gone = slot_of_victim()) {
    view_.swap.push_back({std::to_string(*gone), short_name(*victim_), false});
  }
  for (const sim::SwapView& slot : sim::swap_of(machine())) {
    if (target == slot.slot.index || view_.swap.size() == kSlots) continue;
    view_.swap.push_back({std::to_string(slot.slot.index), short_name(slot.page), false});
  }
  std::sort(view_.swap.begin(), view_.swap.end(), [](const SlotRowView& a, const SlotRowView& b) {
    return std::stoull(a.slot) < std::stoull(b.slot);
  });
  for (std::size_t row = 0; target && view_.travel && row < view_.swap.size(); ++row) {
    if (view_.swap[row].is_target) view_.travel->slot = row;
  }
}

void Steps::add_disk() {
  const sim::Event* move = moving();
  if (move == nullptr ||
      (move->kind != sim::EventKind::write_back && move->kind != sim::EventKind::page_in)) {
    return;
  }
  if (view_.swap.size() > kSlotsBesideDisk) view_.swap.resize(kSlotsBesideDisk);
  view_.disk = SlotRowView{name_of_object(run_, move->page.object), short_name(move->page), true};
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
