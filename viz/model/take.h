// All that is known of one program of a lesson: its text, its film, its run on this computer.

#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "viz/model/film.h"
#include "viz/model/lesson_pages.h"
#include "viz/model/question.h"
#include "viz/model/real_take.h"

namespace viz {

// What is wrong with a program's text.
struct SourceError {
  std::uint32_t line = 0, column = 0;
  std::string message;
};

struct Take {
  enum class Stage : std::uint8_t {
    waiting,
    filming,
    filmed,
    complete,
    failed
  } stage = Stage::waiting;
  std::optional<python::Program> program;
  std::optional<SourceError> error;
  // The page of the program that leaves this one's files, if that one cannot be run.
  std::optional<std::size_t> failed_before;
  std::shared_ptr<const Film> film;             // the worker's until the stage is filmed
  std::chrono::steady_clock::time_point begun;  // the run that makes the film
  // Touches that the run made so far; the worker's. None before it begins.
  std::shared_ptr<const std::atomic<std::uint64_t>> progress;
  std::shared_ptr<const RealTake> real;
  bool is_real_asked = false;  // the run on this computer is under way, or over
  std::vector<Asked> asked;    // by question of the page
};

}  // namespace viz
