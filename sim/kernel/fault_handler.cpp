// The fault handler: one function for each kind of page a fault can be about.
//
// The rules are those measured on Linux 6.18 (MAP_SHARED, MAP_PRIVATE and anonymous mappings with
// MADV_RANDOM, one touch at a time against per-touch fault samples).

#include "sim/kernel/fault_handler.h"

#include "sim/kernel/disk_faults.h"
#include "sim/kernel/page_cache.h"
#include "sim/kernel/process.h"
#include "sim/kernel/reclaim.h"
#include "sim/kernel/reverse_map.h"
#include "sim/kernel/writeback.h"

namespace sim {
namespace {

constexpr std::uint64_t kWritten = pte_bit::writable | pte_bit::dirty | pte_bit::accessed;

// One fault being handled.
class Handler {
 public:
  Handler(Kernel& k, const Vma& area, const Fault& fault)
      : k_(k), area_(area), fault_(fault), pte_(k.mmu.walk(fault.page)) {}

  FaultResult run() {
    if (pte_.has(pte_bit::swapped)) return swap_in(pte_.slot());
    if (pte_.has(pte_bit::kept)) return map_shared_page(pte_.frame());
    if (pte_.is_present()) return allow_store();
    if (area_.is_shared_memory() && !k_.waiting.empty()) {
      const Pte theirs = entry_of_others(k_, area_, fault_.page);
      if (theirs.holds_frame()) return map_shared_page(theirs.frame());
      if (theirs.has(pte_bit::swapped)) return swap_in(theirs.slot());
    }
    return area_.has_file() ? map_file_page() : map_fresh_page();
  }

 private:
  bool is_store() const { return fault_.access == Access::write; }

  void emit(EventKind kind, PageName page, std::uint16_t bits = 0) {
    k_.events.emit(kind, page, static_cast<std::uint16_t>(fault_.detail | bits));
  }

  // A present PTE does not permit a store.
  FaultResult allow_store() {
    if (pte_.has(pte_bit::zero_page)) return map_fresh_page();
    if (pte_.has(pte_bit::own)) return write_to_own_page();
    if (area_.is_shared_file()) return write_notify();
    return copy_page(pte_.frame(), EventKind::fault_minor);
  }

  // Anonymous memory without a frame: the zero page for a load, a frame of zeros for a store.
  // Shared anonymous memory has no zero page (tmpfs: 1 fault a page, measured).
  FaultResult map_fresh_page() {
    const PageName name = area_.own_name_at(fault_.page);
    const bool zero_page = area_.sharing == Sharing::private_copy && k_.holds(Rule::zero_page);
    if (!is_store() && zero_page) {
      emit(EventKind::fault_minor, name, fault_detail::zero_page);
      k_.mmu.change(fault_.page, Pte::zero_page());
      return FaultResult::mapped;
    }
    const std::optional<Pfn> frame = take_frame(k_, name, PageKind::own);
    if (!frame) return FaultResult::out_of_memory;
    const bool was_zero_page = pte_.has(pte_bit::zero_page);
    emit(EventKind::fault_minor, name, was_zero_page ? fault_detail::zero_page : 0);
    k_.space.note_own_page(area_.first);
    map(*frame, pte_bit::own | (area_.protection.write ? pte_bit::writable : 0));
    return FaultResult::mapped;
  }

  // Shared memory that another process has brought into its frame.
  FaultResult map_shared_page(Pfn frame) {
    emit(EventKind::fault_minor, area_.own_name_at(fault_.page));
    const bool is_unchanged = k_.frames.slot(frame).has_value();
    if (is_store()) free_slot(frame);
    const bool writable = area_.protection.write && (is_store() || !is_unchanged);
    map(frame, pte_bit::own | (writable ? pte_bit::writable : 0));
    return FaultResult::mapped;
  }

  // The first store to a page that came back from swap for a load: its slot is stale now. Or the
  // first since a fork: the page is copied, unless nobody else has it any more.
  FaultResult write_to_own_page() {
    const bool is_private = area_.sharing == Sharing::private_copy;
    if (is_private && is_shared_by_fork(k_, pte_.frame())) return copy_shared_page();
    emit(EventKind::fault_minor, area_.name_at(fault_.page), fault_detail::write_notify);
    free_slot(pte_.frame());
    k_.mmu.change(fault_.page, pte_.with(kWritten));
    return FaultResult::mapped;
  }

  FaultResult copy_shared_page() {
    const Pfn source = pte_.frame();
    const unsigned pinned = k_.pins.count();
    k_.pins.pin(source);
    k_.policy.on_access(source);
    const Ref<PageBlock> bytes = k_.memory.block(source);
    const std::optional<Pfn> copy = take_frame(k_, area_.own_name_at(fault_.page), PageKind::own);
    k_.pins.unpin_down_to(pinned);
    if (!copy) return FaultResult::out_of_memory;
    k_.memory.set_block(*copy, bytes);
    emit(EventKind::fault_minor, area_.name_at(fault_.page), fault_detail::cow);
    map(*copy, pte_bit::own | pte_bit::writable);
    name_after_mapping(k_, source);
    return FaultResult::mapped;
  }

  FaultResult write_notify() {
    Inode& inode = k_.files.inode(area_.file);
    if (!reserve_block(k_, inode, area_.file_page_at(fault_.page))) return FaultResult::disk_failed;
    emit(EventKind::fault_minor, area_.file_name_at(fault_.page), fault_detail::write_notify);
    mark_dirty(k_, inode, pte_.frame());
    k_.mmu.change(fault_.page, pte_.with(kWritten));
    return FaultResult::mapped;
  }

  FaultResult swap_in(SwapSlot slot) {
    const PageName name = area_.own_name_at(fault_.page);
    const std::optional<Pfn> frame = take_frame(k_, name, PageKind::own);
    if (!frame) return FaultResult::out_of_memory;
    k_.memory.set_block(*frame, k_.swap.load(slot));
    k_.frames.set_slot(*frame, slot);
    if (area_.is_shared_memory()) forget_swapped_of_others(k_, area_, fault_.page);
    if (k_.holds(Rule::swap_in_fault)) {
      k_.events.emit(EventKind::swap_in, name, 0, static_cast<std::uint32_t>(slot.index));
      emit(EventKind::fault_major, name, fault_detail::swap_in);
    }
    if (is_store()) free_slot(*frame);
    map(*frame, pte_bit::own | (is_store() ? pte_bit::writable : 0));
    return FaultResult::mapped;
  }

  FaultResult map_file_page() {
    Inode& inode = k_.files.inode(area_.file);
    const PgOff page = area_.file_page_at(fault_.page);
    const bool beyond = page.index >= k_.geometry.pages_for(inode.size).count;
    if (beyond && k_.holds(Rule::end_of_file)) return FaultResult::beyond_file;
    const std::optional<Pfn> cached = inode.cache.find(page);
    const bool waits = !cached && k_.holds(Rule::major_faults);
    const EventKind kind = waits ? EventKind::fault_major : EventKind::fault_minor;
    const Result<Pfn> frame =
        cached ? Result<Pfn>(*cached) : bring_in(k_, inode, page, Fill::from_disk);
    if (!frame) return frame.error() == EIO ? FaultResult::disk_failed : FaultResult::out_of_memory;
    const bool copies = !area_.is_shared_file() && k_.holds(Rule::copy_on_write);
    if (is_store() && copies) return copy_page(*frame, kind);
    if (is_store() && !reserve_block(k_, inode, page)) return FaultResult::disk_failed;
    emit(kind, area_.file_name_at(fault_.page));
    if (is_store()) mark_dirty(k_, inode, *frame);
    const bool writable = area_.protection.write && !k_.holds(Rule::write_notify);
    map(*frame, is_store() || (writable && !copies) ? pte_bit::writable : 0);
    return FaultResult::mapped;
  }

  // A store to a private file mapping: the mapping gets a page of its own. The page it is copied
  // from may not be evicted to make room for it.
  FaultResult copy_page(Pfn source, EventKind kind) {
    const unsigned pinned = k_.pins.count();
    if (k_.holds(Rule::pinned_source)) k_.pins.pin(source);
    k_.policy.on_access(source);
    const PageName name = area_.own_name_at(fault_.page);
    const Ref<PageBlock> bytes = k_.memory.block(source);
    const std::optional<Pfn> copy = take_frame(k_, name, PageKind::own);
    k_.pins.unpin_down_to(pinned);
    if (!copy) return FaultResult::out_of_memory;
    k_.memory.set_block(*copy, bytes);
    emit(kind, area_.file_name_at(fault_.page), fault_detail::cow);
    k_.space.note_own_page(area_.first);
    map(*copy, pte_bit::own | pte_bit::writable);
    return FaultResult::mapped;
  }

  void map(Pfn frame, std::uint64_t bits) {
    const std::uint64_t used = is_store() ? kWritten & ~pte_bit::writable : pte_bit::accessed;
    const bool is_shared = area_.is_shared_memory();
    k_.mmu.change(fault_.page,
                  Pte::mapping(frame, bits | used | (is_shared ? pte_bit::shared : 0)));
  }

  void free_slot(Pfn frame) {
    if (const std::optional<SwapSlot> slot = k_.frames.slot(frame)) {
      k_.swap.free(*slot);
      k_.frames.forget_slot(frame);
    }
  }

  Kernel& k_;
  const Vma& area_;
  const Fault& fault_;
  const Pte pte_;
};

}  // namespace

FaultResult handle_fault(Kernel& k, const Fault& fault) {
  const Vma* area = k.space.find(fault.page);
  if (area == nullptr || !area->permits(fault.access)) return FaultResult::bad_address;
  return Handler(k, *area, fault).run();
}

}  // namespace sim
