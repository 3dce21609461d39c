// A read() or write() for which memory ran out ends the program, as a touch does: Linux kills it
// (SIGKILL) rather than let the call fail.

#pragma once

#include <cerrno>
#include <csignal>

#include "scenarios/python/error.h"
#include "sim/core/result.h"

namespace numpy {

inline sim::Result<sim::Bytes> or_death(const sim::Result<sim::Bytes>& moved) {
  if (!moved.ok() && moved.error() == ENOMEM) throw python::Died{SIGKILL, {}};
  return moved;
}

}  // namespace numpy
