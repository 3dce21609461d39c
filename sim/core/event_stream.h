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

// Requires: the consumer outlives the stream. Events stay in the batch until flush() or until it is
// full; whoever cuts the stream into steps flushes at each cut.
class EventStream {
 public:
  explicit EventStream(EventConsumer& consumer, std::size_t batch = 4096)
      : consumer_(&consumer), batch_(batch), capacity_(batch) {}
  EventStream(const EventStream&) = delete;
  EventStream& operator=(const EventStream&) = delete;
  ~EventStream() { flush(); }

  void push(const Event& event) {
    batch_[used_++] = event;
    if (used_ == capacity_) flush();
  }

  void flush() {
    if (used_ == 0) return;
    const std::size_t n = used_;
    used_ = 0;
    consumer_->consume({batch_.data(), n});
  }

 private:
  EventConsumer* consumer_;
  std::vector<Event> batch_;
  std::size_t capacity_;  // of batch_: its own size() is a division, at every push
  std::size_t used_ = 0;
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
