// The eviction policies there are, by their names in the settings.

#include "sim/kernel/eviction_policy.h"

#include "sim/core/check.h"
#include "sim/kernel/eviction/clock.h"
#include "sim/kernel/eviction/fifo.h"
#include "sim/kernel/eviction/lru.h"
#include "sim/kernel/eviction/random.h"

namespace sim {

std::unique_ptr<EvictionPolicy> make_eviction_policy(PolicyKind kind, Pages frames,
                                                     std::uint64_t seed) {
  switch (kind) {
    case PolicyKind::lru: return std::make_unique<Lru>(frames);
    case PolicyKind::fifo: return std::make_unique<Fifo>(frames);
    case PolicyKind::clock: return std::make_unique<Clock>(frames);
    case PolicyKind::random: return std::make_unique<Random>(frames, seed);
  }
  SIM_CHECK(!"a policy of PolicyKind");
  return nullptr;
}

}  // namespace sim
