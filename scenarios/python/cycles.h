// Gives back the memory of objects that refer to themselves, which counting references never frees.
//
// Every cycle of references passes through an object that was given one of them after it was made:
// a list, a dict, a set, an instance, a class, a variable that functions share, a generator, an
// exception. Such an object is tracked from the moment that it is given a reference to another
// object; what can be reached from the tracked ones holds every cycle there is.

#pragma once

#include <cstddef>

#include "scenarios/python/value.h"

namespace python {

// The place of an object in its evaluator's list; a member of each kind of object named above.
struct CycleLink {
  explicit CycleLink(Object* the_owner) : owner(the_owner) {}
  CycleLink(const CycleLink&) = delete;
  CycleLink& operator=(const CycleLink&) = delete;
  ~CycleLink();

  bool is_tracked() const { return next != nullptr; }
  void leave();  // Requires: is_tracked()

  Object* owner;
  CycleLink* previous = nullptr;
  CycleLink* next = nullptr;
};

class Cycles {
 public:
  Cycles();
  // Starts empty: a copied evaluator's objects are tracked as they are copied (Cloner).
  Cycles(const Cycles& other);
  Cycles& operator=(const Cycles&) = delete;
  ~Cycles();

  // The owner of the link now refers to `held`.
  void given(CycleLink& link, const Value& held) {
    if (held.is_object() && !link.is_tracked()) track(link);
  }
  void track(CycleLink&);

  // A collection takes time by the objects alive: the next one is due when as many more have been
  // tracked, but not before this number (some 10 ms of work).
  static constexpr std::size_t kLeastWait = 50'000;

  // Whether so much was tracked since the last collection that another one is worth its time.
  bool is_collection_due() const { return tracked_ >= wait_; }
  // Frees what only cycles keep alive. Requires: no tracked object is being changed.
  void collect();
  // At the end of the run: takes every tracked object apart, whoever refers to it.
  void dissolve();

 private:
  CycleLink ring_{nullptr};  // the list's start and end; no object's
  std::size_t tracked_ = 0;  // since the last collection
  std::size_t wait_ = kLeastWait;
};

}  // namespace python
