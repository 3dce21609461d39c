// A read(), write() or ftruncate() for which memory ran out ends the program, as a touch does:
// Linux kills it (SIGKILL) rather than let the call fail.

#pragma once

#include <cerrno>
#include <csignal>

#include "scenarios/python/error.h"
#include "sim/core/result.h"

namespace numpy {

template <class T>
sim::Result<T> or_death(const sim::Result<T>& result) {
  if (!result.ok() && result.error() == ENOMEM) throw python::Died{SIGKILL, {}};
  return result;
}

}  // namespace numpy
