// One access taken apart: what each micro-step lights, and the page that is on its way.

#include "viz/model/steps_view.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/viz/model/lessons.h"

namespace {

using namespace viz;
using namespace viz_tests;

// The session at a place of a lesson's program.
void go(Session& session, const std::string& lesson, const std::string& program,
        const std::string& place) {
  open(session, lesson, program);
  REQUIRE(session.player() != nullptr);
  const auto at = session::parse_place(place);
  const auto tick = session.player()->film().tick_of(std::get<session::Place>(at));
  REQUIRE(tick);
  session.apply(SeekTo{*tick});
}

std::size_t step_of(const StepsView& view, MicroStepKind kind) {
  const auto at = std::find_if(view.steps.begin(), view.steps.end(),
                               [&](const MicroStep& s) { return s.kind == kind; });
  REQUIRE(at != view.steps.end());
  return static_cast<std::size_t>(at - view.steps.begin());
}

TEST_CASE("a victim goes to its slot, then the page that is wanted comes into the same frame") {
  Session session(shipped(), kSimulatedOnly);
  go(session, "more-pages-than-frames", "eight-frames", "5#14:1");
  const Player& player = *session.player();
  const std::size_t out = step_of(steps_view(player, 0), MicroStepKind::swap_out);
  const StepsView going = steps_view(player, out);
  REQUIRE(going.travel);
  CHECK(going.travel->is_out);
  REQUIRE(going.travel->slot);
  CHECK(going.frames[going.travel->frame].is_victim);
  CHECK(going.frames[going.travel->frame].state == PageState::being_written);
  CHECK(going.swap[*going.travel->slot].is_target);
  CHECK(going.swap[*going.travel->slot].page == going.frames[going.travel->frame].page);
  const StepsView coming = steps_view(player, step_of(going, MicroStepKind::read));
  REQUIRE(coming.travel);
  CHECK_FALSE(coming.travel->is_out);
  CHECK(coming.frames[coming.travel->frame].is_target);
  CHECK(coming.frames[coming.travel->frame].frame == going.frames[going.travel->frame].frame);
  REQUIRE(coming.travel->slot);
  CHECK(coming.swap[*coming.travel->slot].page == coming.frames[coming.travel->frame].page);
}

TEST_CASE("a page of a file comes from the disk into a free frame") {
  Session session(shipped(), kSimulatedOnly);
  go(session, "three-programs", "program-3", "3:1");
  const StepsView first = steps_view(*session.player(), 0);
  CHECK_FALSE(first.travel);
  const StepsView read = steps_view(*session.player(), step_of(first, MicroStepKind::read));
  REQUIRE(read.travel);
  CHECK_FALSE(read.travel->is_out);
  CHECK_FALSE(read.travel->slot);
  REQUIRE(read.disk);
  CHECK(read.disk->slot == "data.bin");
  CHECK(read.disk->page == read.frames[read.travel->frame].page);
}

TEST_CASE(
    "with a TLB each access says whether it was hit, and the page table which pages it knows") {
  Session session(shipped(), kSimulatedOnly);
  go(session, "three-programs", "program-3", "3:2");
  CHECK(simulated_view(*session.player()).address.tlb.empty());
  CHECK_FALSE(steps_view(*session.player(), 0).has_tlb);
  session.apply(SetMachine{"tlb_entries=16"});
  session.wait();
  const auto at = session::parse_place("3:1");
  const auto first = session.player()->film().tick_of(std::get<session::Place>(at));
  REQUIRE(first);
  session.apply(SeekTo{*first});
  CHECK(simulated_view(*session.player()).address.tlb == "TLB miss");
  session.apply(StepBy{});
  const ComputerView view = simulated_view(*session.player());
  CHECK(view.address.tlb == "TLB hit");
  CHECK(view.address.is_tlb_hit);
  const StepsView steps = steps_view(*session.player(), 0);
  CHECK(steps.has_tlb);
  for (const TableRowView& row : steps.table) {
    if (row.is_current) CHECK(row.is_in_tlb);
  }
}

TEST_CASE("law: whatever the access and the step, a page travels between rows that are shown") {
  Session session(shipped(), kSimulatedOnly);
  std::size_t out = 0, in = 0;
  for (const char* program : {"eight-frames", "there-and-back", "by-lot"}) {
    go(session, "more-pages-than-frames", program, "2");
    const Tick end = session.player()->film().ticks();
    for (Tick tick = 0; tick <= end; ++tick) {
      session.apply(SeekTo{tick});
      const StepsView first = steps_view(*session.player(), 0);
      for (std::size_t s = 0; s < first.steps.size(); ++s) {
        const StepsView view = steps_view(*session.player(), s);
        CHECK(view.frames.size() <= 8);
        const MicroStepKind kind = view.steps[s].kind;
        const bool moves = kind == MicroStepKind::swap_out || kind == MicroStepKind::write_back ||
                           kind == MicroStepKind::read;
        if (view.travel) CHECK(moves);
        if (!view.travel) continue;
        ++(view.travel->is_out ? out : in);
        CHECK(view.travel->frame < view.frames.size());
        if (view.travel->slot) CHECK(*view.travel->slot < view.swap.size());
        CHECK((view.travel->slot.has_value() || view.disk.has_value()));
      }
    }
  }
  CHECK(out > 10);
  CHECK(in > 10);
}

}  // namespace
