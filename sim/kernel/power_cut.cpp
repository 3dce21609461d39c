// From the kernel's tables to what each page may hold.

#include "sim/kernel/power_cut.h"

#include <algorithm>
#include <cstring>

#include "sim/kernel/kernel.h"

namespace sim {
namespace {

// The pages of a file that are not safe.
class FileInDanger {
 public:
  FileInDanger(const Kernel& k, const StoredFile& disk) : k_(k), disk_(disk) {}

  // Pages that were cut off may still be there, with the size from before.
  void add_cut_pages() {
    if (!disk_.was_cut()) return;
    for (const auto* blocks : {&disk_.durable_blocks(), &disk_.blocks()}) {
      blocks->for_each_in(0, kMostPagesOfObject, [&](std::uint32_t page, const auto&) {
        if (was_there_before_cut(PgOff{page})) (void)open(PgOff{page});
      });
    }
  }
  void add_writes(std::uint32_t object) {
    for (const WriteUnderWay& write : k_.under_way) {
      if (write.object == object) (void)open(write.page);
    }
  }
  void add_dirty_pages(const Inode& inode) {
    if (inode.dirty_pages == 0) return;
    inode.cache.for_each_in(PgOff{0}, kEndOfPages, [&](PgOff page, Pfn frame) {
      if (k_.frames.is_dirty(frame)) open(page).add(Origin::cache, as_written(inode, page, frame));
    });
  }

  FileRemains take() {
    std::erase_if(open_, [](const auto& entry) { return entry.second.is_certain(); });
    return {k_.geometry, disk_.smallest_size(), disk_.largest_size(), std::move(open_),
            disk_.blocks()};
  }

 private:
  PageRemains& open(PgOff page) {
    const auto [found, is_new] = open_.try_emplace(page.index, k_.geometry.page_size());
    if (!is_new) return found->second;
    const auto write = std::find_if(
        k_.under_way.begin(), k_.under_way.end(),
        [&](const WriteUnderWay& w) { return w.page == page && &stored(w.object) == &disk_; });
    if (write != k_.under_way.end()) {
      found->second.add_write(disk_.block(page), write->block);
    } else {
      found->second.add(Origin::disk, disk_.block(page));
    }
    if (was_there_before_cut(page))
      found->second.add(Origin::before_cut, disk_.durable_block(page));
    return found->second;
  }
  bool was_there_before_cut(PgOff page) const {
    if (!disk_.was_cut(page)) return false;
    return disk_.durable_block(page) || page < PgOff{pages(disk_.durable_size())};
  }
  std::uint64_t pages(Bytes size) const { return k_.geometry.pages_for(size).count; }
  const StoredFile& stored(std::uint32_t object) const { return k_.files.inode(object).disk; }

  // Bytes beyond the file's end are zeroed when a page is written.
  Ref<PageBlock> as_written(const Inode& inode, PgOff page, Pfn frame) const {
    const Ref<PageBlock>& block = k_.memory.block(frame);
    const std::uint64_t start = k_.geometry.start_of(page).index;
    const std::uint64_t page_size = k_.geometry.page_size().count;
    if (inode.size.count >= start + page_size || !block) return block;
    const std::uint64_t end = inode.size.count - std::min(inode.size.count, start);
    Ref<PageBlock> cut = PageBlock::copy_of(*block, k_.geometry.page_size());
    std::memset(cut->data() + end, 0, page_size - end);
    return cut;
  }

  const Kernel& k_;
  const StoredFile& disk_;
  std::map<std::uint64_t, PageRemains> open_;
};

FileRemains remains_of(const Kernel& k, std::uint32_t object) {
  const auto inode = k.files.inodes().find(object);
  FileInDanger file(k, stored_file(k, object));
  if (inode != k.files.inodes().end()) file.add_writes(object);
  file.add_cut_pages();
  if (inode != k.files.inodes().end()) file.add_dirty_pages(inode->second);
  return file.take();
}

}  // namespace

const StoredFile& stored_file(const Kernel& k, std::uint32_t object) {
  const auto inode = k.files.inodes().find(object);
  if (inode != k.files.inodes().end()) return inode->second.disk;
  const auto ghost = k.removed.find(object);
  SIM_CHECK(ghost != k.removed.end());
  return ghost->second;
}

DiskRemains remains_of(const Kernel& k) {
  DiskRemains disk;
  disk.chains = k.directory.chains();
  for (const Directory::Chain& chain : disk.chains) {
    for (const Directory::Names& state : chain.states) {
      for (const auto& [name, object] : state) {
        if (!disk.files.contains(object)) disk.files.emplace(object, remains_of(k, object));
      }
    }
  }
  return disk;
}

}  // namespace sim
