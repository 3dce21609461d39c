// The same view of each run, then what differs.

#include "viz/model/beside_view.h"

#include <fmt/format.h>

#include <array>

#include "viz/model/beside_choice.h"
#include "viz/model/computer_view.h"
#include "viz/model/source_lines.h"
#include "viz/model/words.h"

namespace viz {
namespace {

constexpr std::uint64_t kMostFramesApart = 16;

bool has_ended(const Player& player) { return player.tick() == player.film().ticks(); }

void add_memory(const Player& player, const MapRoom& room, BesideSide& side) {
  if (player.machine().config().frames.count > kMostFramesApart) {
    side.pages = pages_view(player, {room, {}});
    side.frames_title = "Pages";
    side.frames_note =
        fmt::format("{} of {} frames used", with_commas(sim::frames_in_use(player.machine())),
                    with_commas(player.machine().config().frames.count));
    return;
  }
  ComputerView computer = simulated_view(player);
  side.frames_title = computer.frames_title;
  side.frames_note = computer.frames_note;
  side.frames = std::move(computer.frames);
}

struct SideJob {
  const Player& player;
  const Timeline& timeline;
  const std::string& source;
  LineTopic topic;
  const MapRoom& room;
};

BesideSide side_of(const SideJob& job, std::string title) {
  const Player& player = job.player;
  BesideSide side;
  side.title = std::move(title);
  side.machine = machine_text(player.film().settings().machine);
  side.where = position_text(player);
  side.columns = figure_columns(job.topic);
  side.lines = source_lines(job.source, &player, job.topic);
  add_memory(player, job.room, side);
  const std::uint64_t faults = player.film().totals(player.tick()).faults();
  side.faults = with_commas(faults);
  side.faults_label = faults == 1 ? "fault" : "faults";
  side.timeline = simulated_timeline_view(player, job.timeline);
  side.timeline.cursor_label.clear();
  if (has_ended(player)) side.ended = fmt::format("ended at {}", time_text(player.simulated_ns()));
  return side;
}

std::string doing(const Player& player) {
  if (has_ended(player)) return "has ended";
  if (player.tick() == 0) return "has not begun";
  const std::uint32_t line = player.film().visits()[*player.visit()].line;
  return fmt::format("{} line {}", player.is_at_line_end() ? "has run" : "is in", line);
}

// "37 times as long"
std::string as_long(std::uint64_t longer, std::uint64_t shorter) {
  const double times = static_cast<double>(longer) / static_cast<double>(shorter);
  if (times < 10) return fmt::format("{:.1f} times as long", times);
  return fmt::format("{} times as long", with_commas(static_cast<std::uint64_t>(times + 0.5)));
}

// Of the two times that were told, if there is something to tell: ": the right 37 times as long".
std::string longer(std::uint64_t left, std::uint64_t right) {
  const std::uint64_t less = std::min(left, right), more = std::max(left, right);
  if (less == 0 || more - less < less / 20) return "";  // would read: 1.0 times as long
  return fmt::format(": the {} {}", left > right ? "left" : "right", as_long(more, less));
}

std::string said_of(const Beside& beside, const Player& left) {
  const Player& right = beside.right();
  const std::uint64_t a = left.simulated_ns(), b = right.simulated_ns();
  if (left.tick() == 0 && right.tick() == 0) return "Nothing has run yet, on either side.";
  if (beside.pace() == Pace::access) {
    return fmt::format("After {} accesses each the left has taken {}, the right {}{}.",
                       with_commas(left.moment().touch), time_text(a), time_text(b), longer(a, b));
  }
  if (beside.is_over(left)) {
    return fmt::format("Both have ended: the left at {}, the right at {}{}.", time_text(a),
                       time_text(b), longer(a, b));
  }
  return fmt::format("At {} the left {}, the right {}.", time_text(beside.ns()), doing(left),
                     doing(right));
}

using Figure = std::uint64_t LineFigures::*;
constexpr std::array<std::pair<const char*, Figure>, 6> kFigures{
    {{"minor faults", &LineFigures::minor},
     {"major faults", &LineFigures::major},
     {"evicted", &LineFigures::evicted},
     {"read from disk", &LineFigures::read},
     {"written back", &LineFigures::written},
     {"swapped out", &LineFigures::swapped_out}}};

Less less_of(std::uint64_t left, std::uint64_t right) {
  return left == right ? Less::neither : left < right ? Less::left : Less::right;
}

std::vector<BesideFigure> figures_of(const Player& left, const Player& right) {
  const LineFigures a = left.film().totals(left.tick()), b = right.film().totals(right.tick());
  std::vector<BesideFigure> figures;
  figures.push_back({"accesses", with_commas(left.moment().touch),
                     with_commas(right.moment().touch), Less::neither});
  for (const auto& [label, figure] : kFigures) {
    figures.push_back(
        {label, with_commas(a.*figure), with_commas(b.*figure), less_of(a.*figure, b.*figure)});
  }
  figures.push_back({"simulated time", time_text(left.simulated_ns()),
                     time_text(right.simulated_ns()),
                     less_of(left.simulated_ns(), right.simulated_ns())});
  return figures;
}

const std::string& source_beside(const Session& session) {
  for (const LessonPage& page : session.pages()) {
    if (page.program.name == session.beside_choice()) return page.program.source;
  }
  return session.here().program.source;
}

// While there is no other run.
BesideView left_alone(const Session& session, const MapRoom& room) {
  const Player& left = *session.player();
  BesideView view;
  view.left =
      side_of({left, session.timeline(), session.here().program.source, topic_of(&left), room},
              session.here().title);
  view.right.title = title_of(session.beside_choice(), session.pages());
  view.right.why_not = session.beside_study().why_not();
  view.right.is_running = view.right.why_not.empty();
  if (!view.right.is_running) return view;
  view.right.why_not = running_text(session.beside_study().accesses());
  return view;
}

}  // namespace

BesideView beside_view(const Session& session, const MapRoom& room) {
  const Beside* beside = session.beside();
  if (beside == nullptr) return left_alone(session, room);
  const Player& left = *session.player();
  const Player& right = beside->right();
  const bool swaps = topic_of(&left) == LineTopic::swap || topic_of(&right) == LineTopic::swap;
  const LineTopic topic = swaps ? LineTopic::swap : LineTopic::files;
  BesideView view;
  view.is_whole = true;
  view.left = side_of({left, beside->left_timeline(), session.here().program.source, topic, room},
                      session.here().title);
  view.right = side_of({right, beside->right_timeline(), source_beside(session), topic, room},
                       title_of(session.beside_choice(), session.pages()));
  const double x = beside->x(left);
  for (BesideSide* side : {&view.left, &view.right}) {
    side->timeline.now = static_cast<float>(beside->window().place_of(x));
    side->timeline.now_of_all = static_cast<float>(x);
  }
  view.pace = beside->pace();
  view.can_choose_pace = beside->is_in_step();
  view.said = said_of(*beside, left);
  view.figures = figures_of(left, right);
  if (view.pace == Pace::time) view.figures.back().less = Less::neither;  // it is the same
  view.is_over = beside->is_over(left);
  return view;
}

Table beside_table(const Session& session) {
  Table table{"beside", "Two runs side by side", {"figure", "left", "right"}, {}};
  const Player& left = *session.player();
  const Beside* beside = session.beside();
  const Player* right = beside == nullptr ? nullptr : &beside->right();
  const auto add = [&](const char* name, auto figure_of) {
    table.rows.push_back({std::string(name), figure_of(left),
                          right == nullptr ? TableCell{} : TableCell{figure_of(*right)}});
  };
  add("program", [&](const Player& p) {
    return &p == &left ? session.here().title : title_of(session.beside_choice(), session.pages());
  });
  add("machine", [](const Player& p) { return machine_text(p.film().settings().machine); });
  add("line", [](const Player& p) {
    return std::uint64_t{p.visit() ? p.film().visits()[*p.visit()].line : 0};
  });
  add("accesses", [](const Player& p) { return p.moment().touch; });
  for (const auto& [label, figure] : kFigures) {
    add(label, [figure = figure](const Player& p) { return p.film().totals(p.tick()).*figure; });
  }
  add("simulated_ns", [](const Player& p) { return p.simulated_ns(); });
  return table;
}

}  // namespace viz
