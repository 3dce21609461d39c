// Frames, the walk, and what the real computer showed instead.

#include "viz/model/computer_view.h"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <algorithm>
#include <set>

#include "viz/model/file_values.h"
#include "viz/model/page_look.h"
#include "viz/model/words.h"

namespace viz {
namespace {

constexpr std::size_t kCellsShown = 8;

std::string address_text(sim::VirtAddr address) {
  const std::string hex = fmt::format("{:012x}", address.index);
  return fmt::format("{} {} {}", hex.substr(0, 4), hex.substr(4, 4), hex.substr(8));
}

PageState state_of(const sim::FrameView& frame) {
  if (frame.is_free) return PageState::absent;
  return frame.is_dirty ? PageState::dirty : PageState::clean;
}

// Objects whose own pages are copies of a file's: of private maps of files.
std::set<std::uint32_t> copying_objects(const sim::Machine& machine) {
  std::set<std::uint32_t> objects;
  for (const sim::AreaView& area : sim::areas_of(machine)) {
    if (area.file != sim::kNoObject && area.mapping != sim::kNoObject) objects.insert(area.mapping);
  }
  return objects;
}

PageState state_of(const sim::FrameView& frame, const sim::Machine& machine) {
  const bool is_own = !frame.is_free && frame.is_own;
  if (is_own && copying_objects(machine).contains(frame.page.object)) return PageState::copied;
  return state_of(frame);
}

// "p0" while one object has pages in frames, "a0" by the object's first letter when several do.
std::string label_of(const session::Run& run, sim::PageName page, bool only_one) {
  return only_one ? fmt::format("p{}", page.index) : short_name_of_page(run, page);
}

std::string tip_of(const session::Run& run, const sim::FrameView& frame, PageState state) {
  if (frame.is_free) return fmt::format("frame {} is free", frame.frame.index);
  const char* const what = state == PageState::dirty    ? "dirty"
                           : state == PageState::copied ? "a private copy"
                                                        : "clean";
  return fmt::format("frame {}: {}, {}", frame.frame.index, name_of_page(run, frame.page), what);
}

// What it holds, below the tip's first line.
std::string values_text(const PageLook& look) {
  if (look.values.empty()) return "";
  std::string text = "\n" + look.format + ":";
  for (const std::string& value : look.values) text += " " + value;
  return text + " …";
}

std::string shown_access(const Player& player) {
  const std::string text = access_text(player);
  return player.story() && player.story()->is_past ? "last access: " + text : text;
}

AddressView translated(const Player& player) {
  AddressView view;
  view.bits_title = "Page-table entry";
  const auto& story = player.story();
  if (!story || !story->access) {
    view.why_no_tables =
        story ? "the kernel moves these bytes: no translation" : "no access to memory yet";
    view.access = shown_access(player);
    return view;
  }
  view.access = shown_access(player);
  view.address = address_text(story->access->address);
  view.place = place_text(player);
  if (player.machine().kernel().mmu.tlb().is_on()) {
    view.is_tlb_hit = story->walk.is_in_tlb;  // as the access began
    view.tlb = view.is_tlb_hit ? "TLB hit" : "TLB miss";
  }
  const sim::Walk walk = sim::walk_of(player.machine(), story->access->address);
  std::size_t level = player.machine().config().levels.bits.size();
  for (const sim::WalkLevel& step : walk.levels) {
    const auto entries = static_cast<float>(std::uint64_t{1} << step.bits);
    view.levels.push_back({std::to_string(step.index), fmt::format("level {}", level--),
                           static_cast<float>(step.index) / entries, step.is_present});
  }
  view.offset = std::to_string(walk.offset);
  const sim::Pte pte = walk.entry;
  view.bits = {{"present", pte.is_present()},
               {"writable", pte.has(sim::pte_bit::writable)},
               {"accessed", pte.has(sim::pte_bit::accessed)},
               {"dirty", pte.has(sim::pte_bit::dirty)}};
  if (pte.has_frame()) {
    const sim::FrameView frame = sim::frame_of(player.machine(), pte.frame());
    view.frame = {fmt::format("frame {}", pte.frame().index),
                  state_of(frame, player.machine()),
                  frame.is_accessed,
                  true,
                  "",
                  tip_of(player.film().run(), frame, state_of(frame))};
  } else {
    view.frame.label = pte.is_present() ? "zero page" : "no frame";
  }
  return view;
}

std::string frames_note(const Player& player, std::uint64_t used, std::uint64_t all) {
  const std::string counts =
      fmt::format("{} used, {} free", with_commas(used), with_commas(all - used));
  if (used < all) return counts + ": nothing to evict";
  const auto victims = sim::next_victims(player.machine(), 1);
  if (victims.empty()) return counts;
  const sim::FrameView& next = victims.front();
  const std::string page = name_of_page(player.film().run(), next.page);
  if (!next.uses_of_others_since) return fmt::format("next victim: {}", page);
  return fmt::format("next victim: {}, unused for {}", page,
                     counted(*next.uses_of_others_since, "use"));
}

// The frames in a row; of many, the used ones.
void add_frames(const Player& player, ComputerView& view) {
  const sim::Machine& machine = player.machine();
  const std::uint64_t all = machine.config().frames.count;
  const std::uint64_t used = sim::frames_in_use(machine);
  view.frames_title = "Frames";
  view.frames_note = frames_note(player, used, all);
  const bool fits = all <= 2 * kCellsShown;
  const std::vector<sim::FrameView> frames =
      sim::frames_of(machine, sim::Pfn{0}, fits ? all : kCellsShown);
  std::set<std::uint32_t> objects;
  for (const sim::FrameView& frame : frames) {
    if (!frame.is_free) objects.insert(frame.page.object);
  }
  for (const sim::FrameView& frame : frames) {
    const PageState state = state_of(frame, player.machine());
    CellView cell;
    cell.state = state;
    cell.label = frame.is_free ? "" : label_of(player.film().run(), frame.page, objects.size() < 2);
    cell.is_accessed = frame.is_accessed;
    cell.is_current = player.story() && !frame.is_free && player.story()->page == frame.page;
    cell.below = std::to_string(frame.frame.index);
    cell.tip = tip_of(player.film().run(), frame, state);
    if (!frame.is_free) {
      cell.tip += values_text(look_at_page(player, frame.page));
      cell.page = frame.page;
    }
    view.frames.push_back(std::move(cell));
  }
  if (frames.size() < all) {
    view.frames_below = fmt::format("the first {} of {} frames", frames.size(), with_commas(all));
  }
}

}  // namespace

ComputerView simulated_view(const Player& player) {
  ComputerView view;
  view.title = "Simulated computer";
  view.address = translated(player);
  add_frames(player, view);
  view.file = file_truths_view(player);
  return view;
}

namespace {

std::string kernel_name() {
  utsname host{};
  if (::uname(&host) != 0) return "Linux";
  const std::string release = host.release;
  std::size_t dots = 0, end = 0;
  while (end < release.size() && (release[end] != '.' || ++dots < 2)) ++end;
  return fmt::format("{} {}", host.sysname, release.substr(0, end));
}

bool is_resident(PageState state) {
  return state != PageState::absent && state != PageState::swapped;
}

void add_resident(const Player& player, const RealTake& take, ComputerView& view) {
  const PageStates states =
      take.history.states_before(take.events_before(player.film(), player.tick()));
  std::uint64_t objects = 0, resident = 0;  // objects: with resident pages
  states.for_each_object([&](std::uint32_t, const PageStates::Counts& counts) {
    std::uint64_t pages = 0;
    for (std::size_t s = 0; s < counts.size(); ++s) {
      if (is_resident(static_cast<PageState>(s))) pages += counts[s];
    }
    resident += pages;
    if (pages > 0) ++objects;
  });
  view.frames_title = "Resident pages";
  const std::uint64_t all = player.machine().config().frames.count;
  view.frames_note = fmt::format("same limit of {}, told by its events", with_commas(all));
  states.for_each([&](sim::PageName page, PageState state) {
    if (!is_resident(state) || view.frames.size() == 2 * kCellsShown) return;
    CellView cell;
    cell.label = label_of(take.run, page, objects < 2);
    cell.state = state;
    cell.is_current = player.story() && player.story()->page == page;
    cell.tip = name_of_page(take.run, page);
    view.frames.push_back(std::move(cell));
  });
  const std::uint64_t room = std::min<std::uint64_t>(all, kCellsShown);
  while (view.frames.size() < room) view.frames.push_back({});
  view.frames_below = resident > view.frames.size()
                          ? fmt::format("the first {} of {}", view.frames.size(), resident)
                          : "frame numbers need root";
}

// The simulated computer's bytes where this computer's have the same hash: then they are the same.
void add_truths(const Player& player, const RealTake& take, ComputerView& view) {
  view.file = file_truths_view(player);
  const auto visit = player.visit();
  if (view.file.truths.empty()) return;
  const auto name = file_in_view(player);
  const bool has_step = player.is_at_line_end() && *visit + 1 < session::kStepsKeptApart &&
                        *visit < take.run.steps.size();
  const session::FileTruths* real = nullptr;
  const session::FileTruths* simulated = nullptr;
  if (has_step && name) {
    const auto& mine = player.film().run().steps[*visit].after.files;
    const auto& theirs = take.run.steps[*visit].after.files;
    if (mine.contains(*name)) simulated = &mine.at(*name).truths;
    if (theirs.contains(*name)) real = &theirs.at(*name).truths;
  }
  const auto settle = [&](TruthView& row, const session::FileTruth* a,
                          const session::FileTruth* b) {
    if (a == nullptr || b == nullptr) {
      row.values.clear();
      row.why_not = "looked at when the line is over";
    } else if (!b->known) {
      row.values.clear();
      row.why_not = b->why_not;
    } else if (a->sha256 != b->sha256) {
      row.values.clear();
      row.why_not = "other bytes than simulated";
    }
  };
  settle(view.file.truths[0], simulated ? &simulated->program : nullptr,
         real ? &real->program : nullptr);
  settle(view.file.truths[1], simulated ? &simulated->cache : nullptr,
         real ? &real->cache : nullptr);
  settle(view.file.truths[2], simulated ? &simulated->durable : nullptr,
         real ? &real->durable : nullptr);
}

}  // namespace

ComputerView real_view(const Player& player, const RealTake* take, const std::string& why_none) {
  ComputerView view;
  view.title = "This computer";
  view.subtitle =
      fmt::format("{}, {} mode", kernel_name(),
                  player.film().settings().mode == real::Mode::exact ? "exact" : "default");
  if (take == nullptr || !take->why_not.empty()) {
    view.why_not = take == nullptr ? why_none : take->why_not;
    return view;
  }
  const auto& story = player.story();
  view.address.access = shown_access(player);
  view.address.place = place_text(player);
  view.address.why_no_tables = "Linux shows no page tables";
  view.address.bits_title = "Its events say";
  view.address.frame.label = "frame hidden";
  if (story && story->access) {
    const std::size_t end = take->events_before(player.film(), player.tick());
    const PageState state = take->history.states_before(end).state(story->page);
    view.address.frame.state = state;
    view.address.bits = {{"present", is_resident(state)},
                         {"file page", take->history.is_file(story->page.object)}};
  }
  add_resident(player, *take, view);
  add_truths(player, *take, view);
  return view;
}

}  // namespace viz
