// Eviction: the policy names a victim, and its bytes go where they belong.

#include "sim/kernel/reclaim.h"

#include <utility>

#include "sim/kernel/reverse_map.h"
#include "sim/kernel/timers.h"
#include "sim/kernel/writeback.h"

namespace sim {
namespace {

class Inspector final : public FrameInspector {
 public:
  explicit Inspector(Kernel& k) : kernel_(k) {}

  bool is_evictable(Pfn frame) const override {
    if (kernel_.pins.contains(frame)) return false;
    if (kernel_.frames.kind(frame) == PageKind::file) return true;
    return kernel_.frames.slot(frame).has_value() || !kernel_.swap.is_full();
  }

  bool test_and_clear_accessed(Pfn frame) override {
    bool accessed = kernel_.frames.test_and_clear_referenced(frame);
    for_each_mapping_of(kernel_, frame, [&](Vpn vpn, Pte pte) {
      if (!pte.has(pte_bit::accessed)) return;
      accessed = true;
      kernel_.mmu.change(vpn, pte.without(pte_bit::accessed));
    });
    return accessed;
  }

 private:
  Kernel& kernel_;
};

void evict_file_page(Kernel& k, Pfn frame, PageName name) {
  // A piece of a read() or write() is two touches: what was due before the second is due here.
  write_what_was_foreseen(k, Noticed::at_touch);
  Inode& inode = k.files.inode(name.object);
  const PgOff page{name.index};
  wait_for_writes(k, name.object, page, page + Pages{1});
  auto how = Eviction::dropped;
  if (k.frames.is_dirty(frame)) {
    const bool written = write_back(k, inode, page, frame, WriteBackReason::eviction);
    if (written) how = Eviction::written_back;
  }
  for_each_mapping_of(k, frame, [&](Vpn vpn, Pte) { k.mmu.change(vpn, Pte{}); });
  inode.cache.remove(page);
  k.events.emit(EventKind::evict, name, static_cast<std::uint16_t>(how));
}

void evict_own_page(Kernel& k, Pfn frame, PageName name) {
  std::optional<SwapSlot> slot = k.frames.slot(frame);
  if (slot && !k.holds(Rule::swapped_unchanged)) {
    k.swap.free(*slot);
    slot.reset();
  }
  auto how = Eviction::dropped;  // a page that did not change since it was swapped in
  if (!slot) {
    slot = k.swap.store(k.memory.block(frame));
    SIM_CHECK(slot);
    k.events.emit(EventKind::swap_out, name, 0, static_cast<std::uint32_t>(slot->index));
    how = Eviction::swapped_out;
  }
  bool is_first = true;  // the others share the slot since a fork
  for_each_mapping_of(k, frame, [&](Vpn vpn, Pte pte) {
    const bool is_another = !std::exchange(is_first, false);
    if (is_another && k.space.find(vpn)->is_shared_memory()) return k.mmu.change(vpn, Pte{});
    if (is_another) k.swap.share(*slot);
    k.mmu.change(vpn, Pte::swapped_to(*slot).with(pte.raw() & pte_bit::shared));
  });
  k.events.emit(EventKind::evict, name, static_cast<std::uint16_t>(how));
}

}  // namespace

std::optional<Pfn> pick_victim(Kernel& k) {
  Inspector inspector(k);
  return k.policy->pick_victim(inspector);
}

std::optional<Pfn> take_frame(Kernel& k, PageName page, PageKind kind) {
  if (!k.frames.has_free()) {
    const std::optional<Pfn> victim = pick_victim(k);
    if (!victim) return std::nullopt;
    const PageName name = k.memory.page(*victim);
    if (k.frames.kind(*victim) == PageKind::file) {
      evict_file_page(k, *victim, name);
    } else {
      evict_own_page(k, *victim, name);
    }
    release_frame(k, *victim);
  }
  const std::optional<Pfn> frame = k.frames.take(kind);
  SIM_CHECK(frame);
  k.memory.assign(*frame, page);
  k.policy->on_page_in(*frame);
  return frame;
}

void release_frame(Kernel& k, Pfn frame) {
  k.policy->on_free(frame);
  k.memory.set_block(frame, {});
  k.frames.give_back(frame);
}

}  // namespace sim
