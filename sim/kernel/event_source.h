// Where a computer's events come from: it stamps them with the touches so far, and hands them to
// the stream that is attached, if one is.

#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "sim/core/event_stream.h"
#include "sim/core/units.h"
#include "sim/kernel/cost_model.h"

namespace sim {

// A time that never comes.
inline constexpr Nanoseconds kNever{~std::uint64_t{0}};

// Does not own the stream. A copy has none: two computers never write to one stream.
class EventSource {
 public:
  EventSource() = default;
  EventSource(const EventSource& other) : clock_(other.clock_) {}
  EventSource(EventSource&&) = default;
  EventSource& operator=(const EventSource& other) {
    clock_ = other.clock_;
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

  std::uint64_t touches() const { return clock_.touches; }
  // System calls that have returned.
  std::uint64_t calls() const { return clock_.calls; }
  void count_touches(std::uint64_t n) { clock_.touches += n; }
  // Simulated time: the prices of all touches and events so far.
  Nanoseconds now() const { return {clock_.touches * CostTable{}.access_ns + clock_.other_ns}; }

  // Something has to be done first (timers.h): before the touch with this number, or before the
  // first one at or after this time.
  void set_alarm(std::uint64_t touch, Nanoseconds time) {
    clock_.alarm_touch = touch;
    clock_.alarm_time = time;
    find_alarm();
  }
  bool is_due() const { return clock_.touches >= clock_.alarm; }
  // Touches that can be made before something is due, if nothing but touches happens.
  std::uint64_t touches_to_alarm() const { return is_due() ? 0 : clock_.alarm - clock_.touches; }

  void emit(EventKind kind, PageName page, std::uint16_t detail = 0, std::uint32_t count = 1) {
    emit(Event{
        .touch = clock_.touches, .page = page, .count = count, .kind = kind, .detail = detail});
  }
  void emit(Event event) {
    if (event.kind != EventKind::access) take_time(event);
    if (stream_ != nullptr) stream_->push(event);
  }
  // Requires: has_room().
  void emit_into_room(const Event& event) {
    if (stream_ != nullptr) stream_->push_into_room(event);
  }

 private:
  struct Clock {
    std::uint64_t touches = 0;
    std::uint64_t calls = 0;
    std::uint64_t other_ns = 0;           // of everything but touches
    std::uint64_t alarm = kNeverTouched;  // the touch before which something is due, as known now
    std::uint64_t alarm_touch = kNeverTouched;
    Nanoseconds alarm_time = kNever;
    std::optional<PageName> next_on_disk;  // behind the page that the disk read or wrote last
  };

  // Where a page lies that went from or to the disk: in its file, or in the swap area.
  static std::optional<PageName> page_on_disk(const Event& event) {
    switch (event.kind) {
      case EventKind::page_in:
      case EventKind::write_back: return event.page;
      case EventKind::swap_in:
      case EventKind::swap_out: return PageName{kNoObject, event.count};
      default: return std::nullopt;
    }
  }

  [[gnu::noinline]] void take_time(Event& event) {
    if (const auto page = page_on_disk(event)) {
      if (clock_.next_on_disk == page) event.operand = kNextOnDisk;
      clock_.next_on_disk = PageName{page->object, page->index + 1};
    }
    if (event.kind == EventKind::system_call) ++clock_.calls;
    clock_.other_ns += cost_of(event).count;
    if (clock_.alarm_time != kNever) find_alarm();
  }
  void find_alarm() {
    clock_.alarm = clock_.alarm_touch;
    if (clock_.alarm_time == kNever) return;
    const std::uint64_t at = clock_.alarm_time.count;
    const std::uint64_t left = at - std::min(at, clock_.other_ns);
    const std::uint64_t touch_ns = CostTable{}.access_ns;
    clock_.alarm = std::min(clock_.alarm, (left + touch_ns - 1) / touch_ns);
  }

  EventStream* stream_ = nullptr;
  Clock clock_;
};

}  // namespace sim
