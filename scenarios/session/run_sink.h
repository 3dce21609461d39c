// What a program's run tells, in order, while it goes on: the one shape in which both computers
// report, directly (simulated) or through the child's channel (real).

#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "scenarios/numpy/module.h"
#include "scenarios/session/run.h"
#include "sim/core/computer.h"
#include "sim/core/event.h"

namespace session {

enum class Stream : std::uint8_t { out, err };

class RunSink {
 public:
  virtual ~RunSink() = default;
  virtual void line_begins(std::uint32_t line) = 0;
  // What follows belongs to a line that began earlier and was left for other lines.
  virtual void line_goes_on(std::uint32_t line) = 0;
  virtual void happened(std::span<const sim::Event>) = 0;
  virtual void printed(Stream, std::string_view) = 0;
  // The truths about a file, sizes and hashes, as observed() next says what is where.
  virtual void file_now(std::string_view name, const FileTruths&) = 0;
  // What is where at the end of the steps since the last observation.
  virtual void observed(const sim::Observation&) = 0;
  virtual void named(std::uint32_t object, std::string_view name) = 0;
  // A variable of the module is bound to this array, after a line that mapped memory. The child of
  // a real run does not pass it on: the simulated one's variables are the same.
  virtual void array(std::string_view /*variable*/, const numpy::ArrayLook&) {}
  virtual void note(const Note&) = 0;
  // The truths about a file at the end of the run, or at the place where it stops.
  virtual void file(std::string_view name, const FileTruths&) = 0;
  virtual void ended(const Ending&) = 0;
};

}  // namespace session
