// The sides of a system call that touch pages, told like touches of the program.

#include "real/touches.h"

namespace real {

using sim::Access;
using sim::EventKind;

// A page that this run saw become dirty, and that is clean before a store to it, was written back
// by the kernel unasked. A store that faults although its entry was writable shows the same.
void Touches::notice_background(const Origin& origin, std::uint64_t page, bool clean) {
  if (!origin.is_file() || !clean || !host_->shows_dirty) return;
  const std::uint64_t file_page = origin.first_file_page + page;
  if (origin.inode->dirty.get(file_page) == 0) return;
  note_clean(*host_, *origin.inode, file_page, sim::WriteBackReason::background);
}

void Touches::file_touched(const FileTouch& touch) {
  const sim::PageName name{touch.inode->object, static_cast<std::uint32_t>(touch.page)};
  const bool recorded_dirty = touch.inode->dirty.get(touch.page) != 0;
  if (host_->shows_dirty && recorded_dirty && !touch.before.state.dirty) {
    note_clean(*host_, *touch.inode, touch.page, sim::WriteBackReason::background);
  }
  if (touch.read_from_disk) host_->emit({.page = name, .kind = EventKind::page_in});
  if (touch.access == Access::write) {
    host_->cache.complete(touch.inode->watch.number(), sim::PgOff{touch.page});
  }
  if (touch.access == Access::write && host_->shows_dirty) {
    if (touch.before.state.dirty) {
      touch.inode->dirty.set(touch.page, 1);
    } else {
      note_dirty(*host_, *touch.inode, touch.page);
    }
  }
  host_->emit({.page = name,
               .kind = EventKind::access,
               .detail = static_cast<std::uint16_t>(touch.access)});
  ++host_->clock;
}

void Touches::end_moved(Inode& inode, std::uint64_t page, const FilePageBefore& before, bool read) {
  if (read && !before.state.cached) host_->cache.complete(inode.watch.number(), sim::PgOff{page});
  const FilePageBefore after = look(inode, page);
  if (after.state.cached && !before.state.cached && !before.hole) {
    host_->emit(
        {.page = {inode.object, static_cast<std::uint32_t>(page)}, .kind = EventKind::page_in});
  }
  if (host_->shows_dirty && after.state.dirty && !before.state.dirty) {
    note_dirty(*host_, inode, page);
  }
}

void Touches::bring_in_buffer(const BufferTouch& touch) {
  (void)swap_->serve(touch.address, touch.access);  // if not, the call fails with EFAULT
}

void Touches::undo_fault_around_at(std::uint64_t address) {
  const Area* area = host_->now->areas.find(address);
  if (area == nullptr) return;
  undo_fault_around(*area->origin, host_->now->areas.page_in(*area->origin, address));
}

void Touches::buffer_touched(const Area& area, const BufferTouch& touch) {
  const Page at{area.origin, host_->now->areas.page_in(*area.origin, touch.address), touch.access,
                touch.operand};
  std::uint64_t faults = touch.faults.minor + touch.faults.major;
  const bool is_mapped_out = Swap::is_mapped_out(*at.origin, touch.before.known);
  const bool came_back =
      (touch.before.known & page_bit::swapped) != 0 && (!is_mapped_out || faults > 0);
  if (came_back) {
    if (is_mapped_out) --faults;  // the kernel's fault that brought the page back
    swap_->tell(*at.origin, at.page,
                {.operand = touch.operand, .detail = sim::fault_detail::in_system_call});
  }
  if (faults > 0) {
    const bool clean = touch.before.looked && !touch.before.file.state.dirty;
    notice_background(*at.origin, at.page, clean);
  }
  for (std::uint64_t i = 0; i < faults; ++i) {
    const FaultKind kind = i < touch.faults.major ? FaultKind::major : FaultKind::minor;
    faulted(at, touch.before, {kind, sim::fault_detail::in_system_call});
  }
  // Without a fault of its own the page came along with another's (default mode).
  touched(at, touch.before, !is_ready(area, touch.before.known, touch.access));
  completed(at, 1);
  ++host_->clock;
}

}  // namespace real
