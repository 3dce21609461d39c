// Decides which frame to take back when memory is short.
//
// A policy only ranks frames. Reclaim unmaps the victim, writes it back if it must and frees the
// frame. A new policy is one class in eviction/ and one line in make_eviction_policy().

#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "sim/core/config.h"
#include "sim/core/units.h"

namespace sim {

// A frame's number as tables keep it: a machine has fewer than 2^32.
inline std::uint32_t number_of(Pfn frame) { return static_cast<std::uint32_t>(frame.index); }

// What a policy may ask about a frame.
class FrameInspector {
 public:
  virtual bool test_and_clear_accessed(Pfn) = 0;
  virtual bool is_evictable(Pfn) const = 0;  // not pinned, and there is a place for its bytes

 protected:
  ~FrameInspector() = default;
};

class EvictionPolicy {
 public:
  virtual ~EvictionPolicy() = default;
  virtual std::unique_ptr<EvictionPolicy> clone() const = 0;

  // The frame now holds a page. Requires: it is not tracked.
  virtual void on_page_in(Pfn) = 0;
  // The frame was touched. Only an ideal policy such as exact LRU listens; a kernel never hears.
  virtual void on_access(Pfn) {}
  // The frame no longer holds a page. Requires: it is tracked.
  virtual void on_free(Pfn) = 0;
  // The frame to give up next; it stays tracked until on_free(). Nothing if none is evictable.
  virtual std::optional<Pfn> pick_victim(FrameInspector&) = 0;

  // How many uses of other frames came after the frame's last, for a policy that goes by it; one
  // used several times in a row counts once. Requires: the frame is tracked.
  virtual std::optional<std::uint64_t> uses_of_others_since(Pfn) const { return std::nullopt; }
};

std::unique_ptr<EvictionPolicy> make_eviction_policy(PolicyKind, Pages frames, std::uint64_t seed);

}  // namespace sim
