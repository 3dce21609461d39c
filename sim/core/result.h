// What a system call gives back: a value, or the errno that says why not.

#pragma once

#include <cerrno>
#include <variant>

#include "sim/core/check.h"

namespace sim {

struct Errno {
  int number = 0;
  friend bool operator==(Errno, Errno) = default;
};

struct Nothing {};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Errno error) : state_(error) { SIM_CHECK(error.number != 0); }

  bool ok() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return ok(); }
  // Requires: ok().
  const T& value() const {
    SIM_CHECK(ok());
    return std::get<T>(state_);
  }
  const T& operator*() const { return value(); }
  const T* operator->() const { return &value(); }
  // 0 when ok().
  int error() const { return ok() ? 0 : std::get<Errno>(state_).number; }

 private:
  std::variant<T, Errno> state_;
};

using Status = Result<Nothing>;
inline Status done() { return Nothing{}; }

}  // namespace sim
