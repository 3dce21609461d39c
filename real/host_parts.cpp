// Dirty and clean, once for everybody.

#include "real/host_parts.h"

namespace real {

void note_dirty(HostParts& host, Inode& inode, std::uint64_t page) {
  inode.dirty.set(page, 1);
  host.emit(
      {.page = {inode.object, static_cast<std::uint32_t>(page)}, .kind = sim::EventKind::dirty});
}

void note_clean(HostParts& host, Inode& inode, std::uint64_t page, sim::WriteBackReason why,
                sim::Noticed noticed) {
  inode.dirty.clear(page, 1);
  host.for_each_process([&] {
    host.now->areas.for_each_view(inode, page, [](Origin& origin, std::uint64_t mapped) {
      if (origin.backing == Backing::file_shared) origin.pages.clear(mapped, page_bit::writable);
    });
  });
  host.emit({.page = {inode.object, static_cast<std::uint32_t>(page)},
             .kind = sim::EventKind::write_back,
             .operand = static_cast<std::uint8_t>(noticed),
             .detail = static_cast<std::uint16_t>(why)});
}

}  // namespace real
