// A job a strategy, so that each time shows as soon as it is there.

#include "viz/model/measure_study.h"

namespace viz {

MeasureStudy::MeasureStudy(comparison::Comparison comparison)
    : comparison_(std::move(comparison)), times_(comparison_.setup().strategies.size()) {}

void MeasureStudy::forget() {
  ++newest_;
  times_.assign(times_.size(), {});
}

void MeasureStudy::want(comparison::Point point) {
  forget();
  const std::uint64_t number = newest_;
  const auto at = std::make_shared<const comparison::Point>(std::move(point));
  for (std::size_t i = 0; i < times_.size(); ++i) {
    auto made = std::make_shared<MeasuredTime>();
    worker_.submit(
        [this, number, at, i, made](const Worker::Unwanted& unwanted) {
          const auto is_over = [&] { return newest_ != number || unwanted(); };
          if (is_over()) return;
          auto got = comparison::measure(comparison_,
                                         {.strategy = i, .point = *at, .interrupted = is_over});
          if (const auto* failure = std::get_if<session::Failure>(&got)) {
            made->why_not = failure->message;
            return;
          }
          auto& measured = std::get<comparison::Measured>(got);
          const session::Ending& ending = measured.ending;
          if (measured.runs_ns.empty() || !ending.has_succeeded()) {
            made->why_not = ending.error_line.empty() ? ending.message : ending.error_line;
            if (made->why_not.empty()) made->why_not = "the run did not come to its end";
          } else {
            made->measured = std::move(measured);
          }
        },
        [this, number, i, made] {
          if (newest_ == number) times_[i] = std::move(*made);
        });
  }
}

}  // namespace viz
