// What an object still does when it goes: a file writes what is pending, and that can end the
// program. A destructor may not throw, so the evaluator does in its place, before its next
// instruction.

#pragma once

#include <exception>
#include <functional>
#include <utility>

#include "scenarios/python/error.h"

namespace python {

class Parting {
 public:
  Parting() = default;
  // Nothing goes while an evaluator is copied, and a copy has its own way to be told.
  Parting(const Parting&) {}
  Parting& operator=(const Parting&) = delete;

  // Called when something is kept: the evaluator then calls throw_kept() as soon as it can.
  void on_kept(std::function<void()> tell) { tell_ = std::move(tell); }

  // An error of the program's is ignored: CPython too can tell it to nobody. What ends the program,
  // or is no affair of the program's (std::bad_alloc), is kept.
  template <class Deed>
  void perform(Deed deed) noexcept {
    try {
      deed();
    } catch (const Raised&) {
    } catch (...) {
      if (!kept_) kept_ = std::current_exception();
      if (tell_) tell_();
    }
  }

  bool has_kept() const { return kept_ != nullptr; }
  void throw_kept() {
    if (kept_) std::rethrow_exception(std::exchange(kept_, nullptr));
  }

 private:
  std::exception_ptr kept_;
  std::function<void()> tell_;
};

}  // namespace python
