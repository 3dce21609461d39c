// The comparison's table and charts, as tables with whole figures.

#include "viz/model/compare_view.h"
#include "viz/model/words.h"

namespace viz {
namespace {

using Row = std::vector<TableCell>;

std::uint64_t copied(const comparison::Figures& f) {
  return f.copied_by_calls().count + f.copied_on_write().count;
}

// Median of real runs; nothing while there are none.
TableCell measured_ns(const CompareStudy& study, std::size_t i) {
  const bool is_known = i < study.measured().size() && study.measured()[i].measured;
  return is_known ? TableCell{study.measured()[i].measured->median_ns()} : TableCell{};
}

Table strategies_table(const CompareStudy& study) {
  Table table{"strategies",
              "Strategies compared",
              {"strategy", "faults", "bytes_read", "bytes_written", "bytes_copied",
               "peak_anonymous_bytes", "peak_file_bytes", "simulated_ns", "measured_ns", "right"},
              {}};
  if (!study.result()) return table;
  for (std::size_t i = 0; i < study.result()->outcomes.size(); ++i) {
    const comparison::Outcome& o = study.result()->outcomes[i];
    const comparison::Figures& f = o.figures;
    table.rows.push_back({study.setup().strategies[i].label, f.faults(), f.read_from_disk().count,
                          f.written_to_disk().count, copied(f), f.peak.own * f.page_size.count,
                          f.peak.file * f.page_size.count, o.time_ns(), measured_ns(study, i),
                          o.is_right()});
  }
  return table;
}

Table break_even_table(const CompareStudy& study) {
  Table table{"break-even",
              "Simulated time over " + study.sliders().front().parameter.label,
              {study.sliders().front().parameter.name},
              {}};
  for (const comparison::Strategy& s : study.setup().strategies) {
    table.columns.push_back(s.label + ", simulated_ns");
  }
  for (const comparison::SweepPoint& point : study.sweep()) {
    Row row{point.value};
    for (const comparison::Outcome& o : point.result.outcomes) row.emplace_back(o.time_ns());
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table policies_table(const CompareStudy& study) {
  Table table{"policies",
              "Pages brought in, over frames: " + study.setup().strategies[study.selected()].label,
              {"frames"},
              {}};
  constexpr sim::PolicyKind kAll[] = {sim::PolicyKind::lru, sim::PolicyKind::fifo,
                                      sim::PolicyKind::clock, sim::PolicyKind::random};
  for (const sim::PolicyKind policy : kAll) table.columns.push_back(policy_text(policy));
  table.columns.emplace_back("best_possible");
  for (const comparison::FramesPoint& point : study.policies()) {
    const auto cell = [](const std::optional<std::uint64_t>& n) {
      return n ? TableCell{*n} : TableCell{};
    };
    Row row{point.frames};
    for (const sim::PolicyKind policy : kAll) {
      const auto found = point.taken.find(policy);
      row.push_back(found == point.taken.end() ? TableCell{} : cell(found->second));
    }
    row.push_back(cell(point.best_possible));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

std::vector<Table> tables_of(const CompareStudy& study) {
  return {strategies_table(study), break_even_table(study), policies_table(study)};
}

}  // namespace viz
