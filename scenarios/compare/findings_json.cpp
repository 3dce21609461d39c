// Findings as JSON.

#include <nlohmann/json.hpp>

#include "scenarios/compare/findings.h"
#include "scenarios/compare/verdict.h"

namespace comparison {
namespace {

using json = nlohmann::ordered_json;

json parameters_json(const Comparison& comparison, const Point& point) {
  json list = json::array();
  for (const Parameter& p : comparison.parameters()) {
    const auto given = point.values.find(p.name);
    list.push_back({{"name", p.name},
                    {"label", p.label},
                    {"value", given == point.values.end() ? p.value : given->second},
                    {"least", p.least},
                    {"most", p.most},
                    {"scale", p.scale == Scale::logarithmic ? "log" : "linear"}});
  }
  return list;
}

json figures_json(const Figures& f) {
  const session::Counters& c = f.counters;
  const std::uint64_t page = f.page_size.count;
  json j;
  j["faults"] = {
      {"major", c.major}, {"minor", c.minor}, {"cow", c.cow}, {"write_notify", c.write_notify}};
  j["bytes_copied"] = f.copied_by_calls().count;
  j["bytes_copied_on_write"] = f.copied_on_write().count;
  j["bytes_from_disk"] = f.read_from_disk().count;
  j["bytes_to_disk"] = f.written_to_disk().count;
  j["dirty_pages_left"] = f.dirty_left;
  j["system_calls"] = f.system_calls();
  j["peak_pages"] = {{"anonymous", f.peak.own}, {"file", f.peak.file}, {"both", f.peak.all}};
  j["peak_bytes"] = {
      {"anonymous", f.peak.own * page}, {"file", f.peak.file * page}, {"both", f.peak.all * page}};
  j["frames_taken"] = f.frames_taken;
  j["touches"] = c.touches;
  j["lines"] = f.lines;
  j["simulated_ns"] = {{"disk_read", f.time.disk_read_ns},
                       {"faults", f.time.fault_ns},
                       {"copies_and_calls", f.time.copy_and_call_ns},
                       {"disk_write", f.time.disk_write_ns},
                       {"total", f.time.total()}};
  return j;
}

json answer_json(const Outcome& outcome) {
  if (outcome.is_right()) return {{"same", true}};
  if (!outcome.difference) return {{"same", nullptr}, {"why", "it did not come to its end"}};
  const Difference& d = *outcome.difference;
  return {{"same", false},
          {"in", d.what},
          {"first_byte", d.at ? json(*d.at) : json(nullptr)},
          {"why", d.why}};
}

json measured_json(const Findings& found, std::size_t strategy) {
  if (found.measured.empty()) return {{"why_not", "not asked for: --on both measures"}};
  const auto& measured = found.measured[strategy];
  if (!measured || measured->runs_ns.empty()) return {{"why_not", "no run came to its end"}};
  return {{"median_ns", measured->median_ns()},
          {"runs_ns", measured->runs_ns},
          {"own_ns", measured->own_ns},
          {"same_files_as_simulated", measured->leaves_the_same}};
}

json strategies_json(const Comparison& comparison, const Findings& found) {
  json list = json::array();
  for (std::size_t i = 0; i < found.result.outcomes.size(); ++i) {
    const Strategy& strategy = comparison.setup().strategies[i];
    const Outcome& outcome = found.result.outcomes[i];
    json machine = json::object();
    session::Settings settings = strategy.settings;
    for (const std::string& set : found.point.sets) (void)session::apply_setting(settings, set);
    for (const session::SettingInfo& info : session::settings_reference()) {
      machine[std::string(info.key)] = session::value_of(settings, info.key);
    }
    json j{{"label", strategy.label},
           {"program", strategy.program.name},
           {"source", comparison.source_of(i, found.point)},
           {"machine", machine},
           {"ending", session::name_of(outcome.ending.kind)},
           {"answer", answer_json(outcome)}};
    j.update(figures_json(outcome.figures));
    j["measured"] = measured_json(found, i);
    list.push_back(std::move(j));
  }
  return list;
}

json verdict_json(const Verdict& verdict) {
  return {{"fastest", verdict.fastest ? json(*verdict.fastest) : json(nullptr)},
          {"why_not", verdict.why_not}};
}

json fastest_json(const Result& result) {
  return result.fastest ? json(*result.fastest) : json(nullptr);
}

json point_json(const SweepPoint& point) {
  json strategies = json::array();
  for (const Outcome& o : point.result.outcomes) {
    json j = figures_json(o.figures);
    j["right"] = o.is_right();
    strategies.push_back(std::move(j));
  }
  return {
      {"value", point.value}, {"fastest", fastest_json(point.result)}, {"strategies", strategies}};
}

json swept_json(const Swept& swept) {
  json points = json::array();
  for (const SweepPoint& point : swept.points) points.push_back(point_json(point));
  json changes = json::array();
  for (const BreakEven& b : swept.break_evens) {
    changes.push_back({{"below", point_json(b.below)}, {"above", point_json(b.above)}});
  }
  const bool is_setting = swept.axis.of == Axis::Of::setting;
  return {{"name", swept.axis.name},
          {"of", is_setting ? "machine" : "program"},
          {"points", points},
          {"break_even", changes}};
}

json curve_json(const PolicyCurve& curve) {
  json points = json::array();
  for (const FramesPoint& point : curve.points) {
    json j{{"frames", point.frames}};
    for (const auto& [policy, taken] : point.taken) {
      j[sim::name_of(policy)] = taken ? json(*taken) : json(nullptr);
    }
    j["best_possible"] = point.best_possible ? json(*point.best_possible) : json(nullptr);
    points.push_back(std::move(j));
  }
  return {{"strategy", curve.strategy},
          {"frames_for_everything", curve.pages_used},
          {"frames_taken", points}};
}

}  // namespace

json to_json(const Comparison& comparison, const Findings& found) {
  json j{{"schema", "pagewalk.compare/1"},
         {"title", comparison.setup().title},
         {"parameters", parameters_json(comparison, found.point)},
         {"strategies", strategies_json(comparison, found)},
         {"fastest", fastest_json(found.result)},
         {"verdict", verdict_json(verdict_of(found.result, found.measured))}};
  if (found.over) j["over"] = swept_json(*found.over);
  if (!found.policies.empty()) {
    json& curves = j["policies"] = json::array();
    for (const PolicyCurve& curve : found.policies) curves.push_back(curve_json(curve));
  }
  j["stopped"] = found.was_stopped;
  return j;
}

}  // namespace comparison
