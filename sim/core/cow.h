// Copy-on-write: one intrusive, reference-counted pointer, so that copying a computer shares all
// that is big and pays only for what is changed afterwards.
//
// The counts are atomic because copies of a computer may live on different threads. A computer that
// runs is one thread's; one that nobody runs may be copied by several.
//
// What lies below something shared is shared too, even if its own count is 1: whoever writes makes
// every object on the way down its own, from the top.

#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

namespace sim {

// Base of what a Ref can hold. A copy starts with a count of its own.
class RefCounted {
 public:
  RefCounted() = default;
  RefCounted(const RefCounted&) {}
  RefCounted& operator=(const RefCounted&) = delete;

  void add_reference() const { count_.fetch_add(1, std::memory_order_relaxed); }
  // True when the last reference went.
  bool drop_reference() const { return count_.fetch_sub(1, std::memory_order_acq_rel) == 1; }
  // Requires: the caller holds a reference. Acquire, so that what another thread did with the
  // object before it let go is seen before the caller writes to it.
  bool is_unique() const { return count_.load(std::memory_order_acquire) == 1; }

 protected:
  ~RefCounted() = default;

 private:
  mutable std::atomic<std::uint32_t> count_{0};
};

// Holds a T that derives from RefCounted. T says how it is destroyed: static void destroy(T*).
template <class T>
class Ref {
 public:
  Ref() = default;
  explicit Ref(T* object) : object_(object) {
    if (object_ != nullptr) object_->add_reference();
  }
  Ref(const Ref& other) : Ref(other.object_) {}
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Ref& operator=(Ref other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Ref() {
    if (object_ != nullptr && object_->drop_reference()) T::destroy(object_);
  }

  explicit operator bool() const { return object_ != nullptr; }
  T* get() const { return object_; }
  T* operator->() const { return object_; }
  T& operator*() const { return *object_; }
  // Nobody else holds the object, so it may be written to. Requires: not null.
  bool is_unique() const { return object_->is_unique(); }
  friend bool operator==(const Ref& a, const Ref& b) { return a.object_ == b.object_; }

 private:
  T* object_ = nullptr;
};

}  // namespace sim
