// A page enters the cache.

#include "sim/kernel/page_cache.h"

#include "sim/kernel/disk_faults.h"
#include "sim/kernel/kernel.h"
#include "sim/kernel/reclaim.h"
#include "sim/kernel/writeback.h"

namespace sim {

Result<Pfn> bring_in(Kernel& k, Inode& inode, PgOff page, Fill fill) {
  const PageName name{inode.object, static_cast<std::uint32_t>(page.index)};
  const Ref<PageBlock> block = inode.disk.block(page);  // kept: an eviction may move the table
  const bool reads = fill == Fill::from_disk && block;
  if (reads && read_fails(k, inode, page)) return Errno{EIO};
  const std::optional<Pfn> frame = take_frame(k, name, PageKind::file);
  if (!frame) return Errno{ENOMEM};
  if (reads) {
    k.memory.set_block(*frame, block);
    if (!k.format.cut_reads_end) {  // the disk may hold more than the file has
      zero_bytes(k, *frame,
                 {page, FileOffset{inode.size.count}, k.geometry.start_of(page + Pages{1})});
    }
    k.events.emit(EventKind::page_in, name);
  }
  inode.cache.add(page, *frame);
  return *frame;
}

}  // namespace sim
