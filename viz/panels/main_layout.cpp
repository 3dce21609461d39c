// The first of several fits is taken, the richest first.

#include "viz/panels/main_layout.h"

#include <algorithm>
#include <array>

namespace viz {
namespace {

constexpr float kMargin = 24, kTop = 80, kGutter = 56;
constexpr float kComputer = 456;  // the least width of one
constexpr float kLeastLesson = 480, kMostLesson = 560;

// One way to use the height.
struct Fit {
  Detail detail;
  float agreement;  // height
  float lanes;      // height of the timeline, without what lies below it
  float below;      // it: the whole run, when zoomed
  float gap;        // between the parts
};
// Of the timeline: where nothing is dropped, one lane, and the lines' names with the cursor.
constexpr float kLanes = 136, kOneLane = 110, kCursorOnly = 30;
constexpr std::array kFits{
    Fit{Detail::all, 60, kLanes, 22, 12},       Fit{Detail::no_hex, 60, kLanes, 22, 12},
    Fit{Detail::no_tables, 60, kLanes, 22, 12}, Fit{Detail::no_tables, 60, 96, 22, 12},
    Fit{Detail::no_tables, 44, 96, 8, 8},       Fit{Detail::no_tables, 44, kCursorOnly, 8, 8}};

float height_of(const Fit& fit) {
  return kTop + computer_height(fit.detail) + fit.gap + fit.agreement + fit.gap + 10 + fit.lanes +
         fit.below;
}

constexpr float kTables = 94;  // the height of the tables below the split address

}  // namespace

ComputerRows::ComputerRows(Detail detail, float height) : bits(306), frames(354), truths(473) {
  constexpr float kPlain = 30, kWithHex = 46;
  const float spare = std::max(0.0f, height - computer_height(detail));
  pitch = detail == Detail::all ? kWithHex : std::min(kWithHex, kPlain + spare / 3);
  has_hex = pitch >= kWithHex;
  if (detail != Detail::no_tables) return;
  for (float* row : {&bits, &frames, &truths}) *row -= kTables;
}

float computer_height(Detail detail) {
  constexpr float kAll = 624, kHex = 48;
  return kAll - (detail == Detail::all ? 0 : kHex) - (detail == Detail::no_tables ? kTables : 0);
}

MainLayout main_layout(Point size, float legend, Tab tab) {
  const float room = size.y - legend;
  const auto* fit = std::find_if(kFits.begin(), kFits.end() - 1,
                                 [&](const Fit& f) { return height_of(f) <= room; });
  // What is left over goes to the timeline first, then to the computers and the lesson.
  const float spare = std::max(0.0f, room - height_of(*fit));
  MainLayout at;
  at.detail = fit->detail;
  const float most = fit->agreement < kFits[0].agreement ? kOneLane : kLanes;
  const float lanes = std::min(most, fit->lanes + (fit->lanes > kCursorOnly ? spare : 0));
  const float computer = computer_height(fit->detail) + spare - (lanes - fit->lanes);
  const float strip = kTop + computer + fit->gap;
  const float bottom = strip + fit->agreement;
  at.timeline = {kMargin, room - fit->below - lanes, size.x - 2 * kMargin, lanes};
  const float right = size.x - kMargin;
  const bool has_all =
      size.x >= kMargin + kLeastLesson + kMargin + 2 * kComputer + kGutter + kMargin;
  const float least = kMargin + kLeastLesson + kMargin;
  if (has_all) {
    const float left = right - 2 * kComputer - kGutter;
    at.lesson = {kMargin, kTop, std::min(kMostLesson, left - 2 * kMargin), bottom - kTop};
    at.simulated = {left, kTop, kComputer, computer};
    at.real = {right - kComputer, kTop, kComputer, computer};
    at.agreement = {left, strip, right - left, fit->agreement};
  } else if (tab == Tab::both) {
    const float width = (right - kMargin - kGutter) / 2;
    at.simulated = {kMargin, kTop, width, computer};
    at.real = {right - width, kTop, width, computer};
    at.next = {kMargin, strip, 300, fit->agreement};
    at.agreement = {kMargin + 316, strip, right - kMargin - 316, fit->agreement};
    at.tabs = {kMargin, kTop, width, 0};
  } else {
    const Rect one{least, kTop, right - least, computer};
    (tab == Tab::simulated ? at.simulated : at.real) = one;
    at.lesson = {kMargin, kTop, kLeastLesson, bottom - kTop};
    at.agreement = {least, strip, right - least, fit->agreement};
    at.tabs = one;
  }
  if (at.simulated.w > 0 && at.real.w > 0) {
    at.gutter = {at.simulated.right(), kTop, kGutter, computer};
  }
  return at;
}

}  // namespace viz
