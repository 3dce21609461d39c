// Finding garbage by trial: an object whose references all come from objects that can be reached
// from tracked ones, none of which is held from outside, is held by nobody.

#include "scenarios/python/cycles.h"

#include <algorithm>
#include <new>
#include <unordered_map>
#include <vector>

#include "scenarios/python/object.h"

namespace python {

namespace {

struct Found {
  std::uint32_t inner = 0;  // references that come from found objects
  bool is_live = false;     // held from outside, directly or not
};

class Search {
 public:
  void start_at(Object& object) {
    if (found_.try_emplace(&object).second) order_.push_back(&object);
  }

  std::vector<Value> garbage() {
    for (std::size_t i = 0; i < order_.size(); ++i) {
      order_[i]->visit_held([this](Value& v) {
        if (!v.is_object()) return;
        start_at(*v.as_object());
        ++found_[v.as_object()].inner;
      });
    }
    for (Object* object : order_) {
      if (object->references > found_[object].inner) keep(*object);
    }
    std::vector<Value> result;
    for (Object* object : order_) {
      if (!found_[object].is_live) result.push_back(Value::object(object));
    }
    return result;
  }

  std::size_t size() const { return order_.size(); }

 private:
  void keep(Object& root) {
    std::vector<Object*> open;
    const auto reach = [&](Object& object) {
      bool& is_live = found_[&object].is_live;
      if (!is_live) open.push_back(&object);
      is_live = true;
    };
    reach(root);
    while (!open.empty()) {
      Object* const object = open.back();
      open.pop_back();
      object->visit_held([&](Value& v) {
        if (v.is_object()) reach(*v.as_object());
      });
    }
  }

  std::unordered_map<Object*, Found> found_;
  std::vector<Object*> order_;
};

}  // namespace

CycleLink::~CycleLink() {
  if (is_tracked()) leave();
}

void CycleLink::leave() {
  previous->next = next;
  next->previous = previous;
  previous = next = nullptr;
}

Cycles::Cycles() { ring_.previous = ring_.next = &ring_; }

Cycles::Cycles(const Cycles& other) : Cycles() { wait_ = other.wait_; }

Cycles::~Cycles() { dissolve(); }

void Cycles::track(CycleLink& link) {
  link.previous = ring_.previous;
  link.next = &ring_;
  link.previous->next = link.next->previous = &link;
  ++tracked_;
}

void Cycles::collect() {
  std::vector<Value> garbage;
  std::size_t searched = 0;
  try {
    Search search;
    for (CycleLink* link = ring_.next; link != &ring_; link = link->next) {
      search.start_at(*link->owner);
    }
    garbage = search.garbage();
    searched = search.size();
  } catch (const std::bad_alloc&) {
    searched = 2 * wait_;  // no memory to look for memory: later, perhaps
  }
  tracked_ = 0;
  wait_ = std::max(kLeastWait, searched - garbage.size());
  for (const Value& object : garbage) empty(*object.as_object());
}

void Cycles::dissolve() {
  while (ring_.next != &ring_) {
    const Value first = Value::object(ring_.next->owner);
    ring_.next->leave();
    empty(*first.as_object());
  }
}

}  // namespace python
