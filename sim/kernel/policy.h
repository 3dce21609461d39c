// An eviction policy as a value: copied with the computer.

#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "sim/kernel/eviction/lru.h"
#include "sim/kernel/eviction_policy.h"

namespace sim {

class Policy {
 public:
  explicit Policy(std::unique_ptr<EvictionPolicy> policy)
      : policy_(std::move(policy)), lru_(dynamic_cast<Lru*>(policy_.get())) {}
  Policy(const Policy& other) : Policy(other.policy_->clone()) {}
  Policy(Policy&&) = default;
  Policy& operator=(const Policy& other) { return *this = Policy(other); }
  Policy& operator=(Policy&&) = default;

  EvictionPolicy* operator->() const { return policy_.get(); }

  void on_access(Pfn frame) { policy_->on_access(frame); }

  // For the quickest touches: tells the policy of one, if that needs neither a virtual call nor
  // memory. Exact LRU is the only policy that listens.
  Lru::Told try_on_access(Pfn frame) {
    return lru_ == nullptr ? Lru::Told::yes : lru_->try_on_access(frame);
  }

 private:
  std::unique_ptr<EvictionPolicy> policy_;
  Lru* lru_;  // the same object, if it is one
};

}  // namespace sim
