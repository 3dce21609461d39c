// Where a computer's events come from: it stamps them with the touches so far, and hands them to
// the stream that is attached, if one is.

#pragma once

#include <cstdint>
#include <utility>

#include "sim/core/event_stream.h"

namespace sim {

// Does not own the stream. A copy has none: two computers never write to one stream.
class EventSource {
 public:
  EventSource() = default;
  EventSource(const EventSource& other) : touches_(other.touches_) {}
  EventSource(EventSource&&) = default;
  EventSource& operator=(const EventSource& other) {
    touches_ = other.touches_;
    stream_ = nullptr;
    return *this;
  }
  EventSource& operator=(EventSource&&) = default;

  void attach(EventStream* stream) { stream_ = stream; }
  // Events go nowhere from now on; gives back where they went.
  EventStream* detach() { return std::exchange(stream_, nullptr); }
  bool is_attached() const { return stream_ != nullptr; }
  // Takes the next event without a call.
  bool has_room() const { return stream_ == nullptr || stream_->has_room(); }

  std::uint64_t touches() const { return touches_; }
  void count_touches(std::uint64_t n) { touches_ += n; }

  void emit(EventKind kind, PageName page, std::uint16_t detail = 0, std::uint32_t count = 1) {
    emit(Event{.touch = touches_, .page = page, .count = count, .kind = kind, .detail = detail});
  }
  void emit(const Event& event) {
    if (stream_ != nullptr) stream_->push(event);
  }
  // Requires: has_room().
  void emit_into_room(const Event& event) {
    if (stream_ != nullptr) stream_->push_into_room(event);
  }

 private:
  EventStream* stream_ = nullptr;
  std::uint64_t touches_ = 0;
};

}  // namespace sim
