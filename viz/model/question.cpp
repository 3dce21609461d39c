// Follows the pointer into the run's totals.

#include "viz/model/question.h"

#include <map>
#include <nlohmann/json.hpp>

#include "scenarios/lesson/answer.h"
#include "scenarios/session/run_json.h"

namespace viz {
namespace {

using json = nlohmann::ordered_json;

using Figure = std::uint64_t LineFigures::*;

// The totals that lines are counted for.
Figure figure_at(const std::string& pointer) {
  static const std::map<std::string, Figure> kFigures{
      {"/computers/0/totals/faults/major", &LineFigures::major},
      {"/computers/0/totals/faults/minor", &LineFigures::minor},
      {"/computers/0/totals/faults/cow", &LineFigures::cow},
      {"/computers/0/totals/faults/write_notify", &LineFigures::write_notify},
      {"/computers/0/totals/write_backs/flush", &LineFigures::written},
      {"/computers/0/totals/write_backs/eviction", &LineFigures::written},
      {"/computers/0/totals/pages_in", &LineFigures::read},
      {"/computers/0/totals/swapped_out", &LineFigures::swapped_out},
      {"/computers/0/totals/swapped_in", &LineFigures::swapped_in},
      {"/computers/0/totals/bytes_read", &LineFigures::bytes_read},
      {"/computers/0/totals/bytes_written", &LineFigures::bytes_written}};
  const auto found = kFigures.find(pointer);
  return found == kFigures.end() ? nullptr : found->second;
}

// Lines count write-backs of every reason together; a question is about one.
bool is_other_write_back(const std::string& pointer, const sim::Event& e) {
  return e.kind == sim::EventKind::write_back && pointer.find("/write_backs/") != pointer.npos &&
         !pointer.ends_with(sim::name_of(sim::WriteBackReason{e.detail}));
}

bool changes(const Film& film, std::size_t visit, const std::string& pointer) {
  const Visit& v = film.visits()[visit];
  LineFigures sum;
  for (std::size_t e = v.first_event; e < film.after(visit).first_event; ++e) {
    if (!is_other_write_back(pointer, film.events()[e])) sum.add(film.events()[e]);
  }
  return sum.*figure_at(pointer) > 0;
}

}  // namespace

Asked ask(const lesson::Prediction& question, const Film& film) {
  Asked asked;
  const session::Source source{"lesson", film.source()};
  const json run = session::to_json(source, film.settings(), {&film.run()}, nullptr);
  const json answer = lesson::answer_at(run, question.answer);
  asked.answer = answer.is_null()     ? "not known"
                 : answer.is_string() ? answer.get<std::string>()
                                      : answer.dump();
  asked.reveal = film.ticks();
  const auto& visits = film.visits();
  if (!visits.empty()) asked.at = visits.back().first_tick;
  if (figure_at(question.answer) == nullptr) return asked;
  bool found = false;
  for (std::size_t v = 0; v < visits.size(); ++v) {
    if (!changes(film, v, question.answer)) continue;
    if (!found) asked.at = visits[v].first_tick;
    found = true;
    asked.reveal = film.after(v).first_tick;
  }
  return asked;
}

}  // namespace viz
