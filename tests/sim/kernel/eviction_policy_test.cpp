// Eviction policies against textbook results and against laws that hold for every input.

#include "sim/kernel/eviction_policy.h"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <vector>

#include "sim/core/rng.h"

namespace sim {
namespace {

// The smallest kernel that a policy can run in: frames, accessed bits, demand paging.
class TinyKernel final : public FrameInspector {
 public:
  TinyKernel(PolicyKind kind, Pages memory)
      : policy_(make_eviction_policy(kind, memory, 1)), memory_(memory) {}

  int count_faults(const std::vector<int>& pages) {
    int faults = 0;
    for (const int page : pages) faults += touch(page) ? 1 : 0;
    return faults;
  }
  // True if it faulted.
  bool touch(int page) {
    const bool faults = !is_resident(page);
    if (faults) bring_in(page);
    accessed_.insert(frame_of_.at(page));
    policy_->on_access(frame_of_.at(page));
    return faults;
  }

  void pin(int page) { pinned_.insert(frame_of_.at(page)); }
  bool is_resident(int page) const { return frame_of_.contains(page); }
  std::set<int> resident() const {
    std::set<int> pages;
    for (const auto& [page, _] : frame_of_) pages.insert(page);
    return pages;
  }
  EvictionPolicy& policy() { return *policy_; }

  bool test_and_clear_accessed(Pfn f) override { return accessed_.erase(f) > 0; }
  bool is_evictable(Pfn f) const override { return !pinned_.contains(f); }

 private:
  void bring_in(int page) {
    Pfn frame{frame_of_.size()};
    if (frame_of_.size() == memory_.count) {
      frame = policy_->pick_victim(*this).value();
      policy_->on_free(frame);
      accessed_.erase(frame);
      std::erase_if(frame_of_, [&](const auto& entry) { return entry.second == frame; });
    }
    frame_of_[page] = frame;
    policy_->on_page_in(frame);
  }

  std::unique_ptr<EvictionPolicy> policy_;
  Pages memory_;
  std::map<int, Pfn> frame_of_;
  std::set<Pfn> accessed_;
  std::set<Pfn> pinned_;
};

constexpr PolicyKind kAll[] = {PolicyKind::lru, PolicyKind::fifo, PolicyKind::clock,
                               PolicyKind::random};

// Belady, Nelson and Shedler (1969): with this string FIFO faults more with more memory.
const std::vector<int> kBeladyString{1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5};

TEST_CASE("FIFO shows Belady's anomaly: 9 faults with 3 frames, 10 with 4") {
  CHECK(TinyKernel(PolicyKind::fifo, Pages{3}).count_faults(kBeladyString) == 9);
  CHECK(TinyKernel(PolicyKind::fifo, Pages{4}).count_faults(kBeladyString) == 10);
}

TEST_CASE("more memory never makes LRU fault more: it holds what less memory held") {
  Rng rng(3);
  for (std::uint64_t frames = 1; frames < 12; ++frames) {
    TinyKernel less(PolicyKind::lru, Pages{frames});
    TinyKernel more(PolicyKind::lru, Pages{frames + 1});
    for (int i = 0; i < 400; ++i) {
      const int page = static_cast<int>(rng.below(16));
      less.touch(page);
      more.touch(page);
      for (const int held : less.resident()) REQUIRE(more.is_resident(held));
    }
  }
}

TEST_CASE("CLOCK gives an accessed page a second chance") {
  TinyKernel kernel(PolicyKind::clock, Pages{3});
  kernel.count_faults({1, 2, 3, 4});  // 4 clears every accessed bit and replaces 1
  kernel.count_faults({2, 5});        // 2 was used again, so 3 goes
  CHECK(kernel.is_resident(2));
  CHECK_FALSE(kernel.is_resident(3));
}

TEST_CASE("no policy evicts a pinned page, and with all pinned there is no victim") {
  for (const PolicyKind kind : kAll) {
    CAPTURE(name_of(kind));
    TinyKernel kernel(kind, Pages{3});
    kernel.touch(1);
    kernel.pin(1);
    kernel.count_faults(kBeladyString);
    CHECK(kernel.is_resident(1));
    for (const int page : kernel.resident()) kernel.pin(page);
    CHECK_FALSE(kernel.policy().pick_victim(kernel).has_value());
  }
}

TEST_CASE("a page that was given up and came back counts from its return") {
  TinyKernel kernel(PolicyKind::lru, Pages{2});
  kernel.count_faults({1, 2, 3, 1, 2});  // 2 and 1 both left once; 1 is older
  kernel.touch(4);
  CHECK(kernel.resident() == std::set<int>{2, 4});
}

TEST_CASE("RANDOM gives up every frame sooner or later, and the same ones for the same seed") {
  const auto victims = [] {
    TinyKernel kernel(PolicyKind::random, Pages{8});
    std::vector<std::set<int>> states;
    for (int page = 0; page < 300; ++page) {
      kernel.touch(page);
      states.push_back(kernel.resident());
    }
    return states;
  };
  const auto first = victims();
  CHECK(first == victims());
  CHECK(*first.back().begin() > 200);  // nothing old is left for ever
}

}  // namespace
}  // namespace sim
