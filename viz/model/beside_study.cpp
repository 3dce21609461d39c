// A wish is a number: whoever is not the newest stops.

#include "viz/model/beside_study.h"

#include <fmt/format.h>

#include <chrono>

namespace viz {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kTellsEvery = std::chrono::milliseconds(200);

BesideStudy::Made make(BesideJob& job, const std::function<bool(std::uint64_t)>& interrupted) {
  for (const lesson::ProgramBlock& block : job.programs) {
    const auto compiled = session::compile_program(block.source, block.name + ".py");
    if (const auto* bad = std::get_if<python::CompileProblem>(&compiled)) {
      return {nullptr, fmt::format("{}: line {}: {}", block.name, bad->line, bad->message)};
    }
    job.right = make_film({.program = std::get<python::Program>(compiled),
                           .settings = block.settings,
                           .files = std::move(job.files),
                           .interrupted = interrupted,
                           .stop = block.stop});
    job.files = job.right->played().left.files;
  }
  return {std::make_unique<Beside>(job.left, job.right), ""};
}

}  // namespace

void BesideStudy::want(const Key& key, BesideJob job) {
  key_ = key;
  made_.reset();
  accesses_ = 0;
  const std::uint64_t number = ++newest_;
  auto made = std::make_shared<Made>();
  auto shared = std::make_shared<BesideJob>(std::move(job));
  worker_.submit(
      [this, number, made, shared, wake = wake_](const Worker::Unwanted& unwanted) {
        const auto is_over = [&] { return newest_ != number || unwanted(); };
        auto told = Clock::now();
        if (is_over()) return;
        *made = make(*shared, [&](std::uint64_t touches) {
          accesses_ = touches;
          if (wake && Clock::now() - told > kTellsEvery) {
            told = Clock::now();
            wake();
          }
          return is_over();
        });
      },
      [this, number, made] {
        if (newest_ == number) made_ = std::move(*made);
      });
}

void BesideStudy::refuse(const Key& key, std::string why_not) {
  ++newest_;
  key_ = key;
  made_ = Made{nullptr, std::move(why_not)};
}

void BesideStudy::stop() {
  if (!made_ && key_.left) refuse(key_, "stopped");
}

}  // namespace viz
