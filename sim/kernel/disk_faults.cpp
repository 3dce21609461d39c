// Which pages are bad, and how much room is left.

#include "sim/kernel/disk_faults.h"

#include <algorithm>

#include "sim/kernel/kernel.h"

namespace sim {
namespace {

bool is_bad(const Kernel& k, const Inode& inode, PgOff page, BadPages::When when) {
  return std::any_of(k.bad_pages.begin(), k.bad_pages.end(), [&](const BadPages& bad) {
    return bad.when == when && bad.file == inode.name && bad.first <= page && page < bad.end;
  });
}

void tell(Kernel& k, const Inode& inode, PgOff page, DiskError what) {
  k.events.emit(EventKind::disk_error, {inode.object, static_cast<std::uint32_t>(page.index)},
                static_cast<std::uint16_t>(what));
}

}  // namespace

bool read_fails(Kernel& k, const Inode& inode, PgOff page) {
  if (!is_bad(k, inode, page, BadPages::When::read)) return false;
  tell(k, inode, page, DiskError::read_failed);
  return true;
}

bool write_fails(Kernel& k, Inode& inode, PgOff page) {
  if (!is_bad(k, inode, page, BadPages::When::write)) return false;
  tell(k, inode, page, DiskError::write_failed);
  ++inode.write_errors;
  inode.write_error_is_known = false;
  if (k.disk_room && !inode.disk.block(page)) *k.disk_room += Pages{1};
  return true;
}

bool reserve_block(Kernel& k, const Inode& inode, PgOff page) {
  if (!k.disk_room || inode.disk.block(page)) return true;
  const std::optional<Pfn> frame = inode.cache.find(page);
  if (frame && k.frames.is_dirty(*frame)) return true;
  if (*k.disk_room == Pages{0}) {
    tell(k, inode, page, DiskError::full);
    return false;
  }
  *k.disk_room = *k.disk_room - Pages{1};
  return true;
}

void give_back_room(Kernel& k, const Inode& inode, PgOff first) {
  if (!k.disk_room) return;
  inode.disk.blocks().for_each_in(first.index, kMostPagesOfObject,
                                  [&](std::uint32_t, const auto&) { *k.disk_room += Pages{1}; });
  inode.cache.for_each_in(first, kEndOfPages, [&](PgOff page, Pfn frame) {
    if (k.frames.is_dirty(frame) && !inode.disk.block(page)) *k.disk_room += Pages{1};
  });
}

Status take_write_error(Kernel& k, Inode& inode, std::uint64_t description) {
  std::uint64_t& heard = k.write_errors_heard[description];
  if (heard == inode.write_errors) return done();
  heard = inode.write_errors;
  inode.write_error_is_known = true;
  return Errno{EIO};
}

void opened(Kernel& k, const Inode& inode, std::uint64_t description) {
  k.write_errors_heard[description] = inode.write_error_is_known ? inode.write_errors : 0;
}

}  // namespace sim
