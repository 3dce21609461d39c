// Carries events from a computer to whoever reads them, in batches: a touch pays for one store.

#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/core/event.h"

namespace sim {

class EventConsumer {
 public:
  virtual ~EventConsumer() = default;
  virtual void consume(std::span<const Event>) = 0;
};

// Requires: the consumer outlives the stream. Events stay in the batch until flush(), or until one
// more would not fit; whoever cuts the stream into steps flushes at each cut.
class EventStream {
 public:
  explicit EventStream(EventConsumer& consumer, std::size_t batch = 4096)
      : consumer_(&consumer),
        batch_(batch),
        next_(batch_.data()),
        end_(batch_.data() + batch_.size()) {}
  EventStream(const EventStream&) = delete;
  EventStream& operator=(const EventStream&) = delete;
  ~EventStream() { flush(); }

  void push(const Event& event) {
    if (!has_room()) flush();
    push_into_room(event);
  }

  // For the quickest paths, which make no calls.
  bool has_room() const { return next_ != end_; }
  // Requires: has_room().
  void push_into_room(const Event& event) { *next_++ = event; }

  void flush() {
    const auto n = static_cast<std::size_t>(next_ - batch_.data());
    if (n == 0) return;
    next_ = batch_.data();
    consumer_->consume({next_, n});
  }

 private:
  EventConsumer* consumer_;
  std::vector<Event> batch_;
  Event* next_;  // where the next event goes, in batch_
  Event* end_;
};

// Keeps every event: for tests and small runs.
class EventLog : public EventConsumer {
 public:
  void consume(std::span<const Event> events) override {
    events_.insert(events_.end(), events.begin(), events.end());
  }
  const std::vector<Event>& events() const { return events_; }
  void clear() { events_.clear(); }

 private:
  std::vector<Event> events_;
};

}  // namespace sim
