// Magic numbers of statfs(2), from the kernel's magic.h.

#include "real/filesystem.h"

#include <linux/fs.h>
#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/vfs.h>

#include <cstdint>
#include <cstdio>

namespace real {
namespace {

constexpr std::uint32_t kXfsMagic = 0x58465342;  // XFS keeps its own outside of magic.h

using Kind = FilesystemKind;
using Format = sim::DiskFormat;

struct Row {
  std::uint32_t magic;
  const char* name;
  Kind kind;
  Format format = Format::other;
};

// An overlay does what the filesystem of its upper directory does, which cannot be seen from
// outside; where that is on a disk, so is it.
constexpr Row kRows[] = {
    {EXT4_SUPER_MAGIC, "ext4", Kind::disk, Format::ext4},
    {kXfsMagic, "xfs", Kind::disk, Format::xfs},
    {BTRFS_SUPER_MAGIC, "btrfs", Kind::disk, Format::btrfs},
    {F2FS_SUPER_MAGIC, "f2fs", Kind::disk},
    {OVERLAYFS_SUPER_MAGIC, "overlayfs", Kind::disk},
    {TMPFS_MAGIC, "tmpfs", Kind::memory},
    {RAMFS_MAGIC, "ramfs", Kind::memory},
};

}  // namespace

Filesystem filesystem_of(int fd) {
  struct statfs status {};
  if (::fstatfs(fd, &status) != 0) return {FilesystemKind::other, "unknown"};
  for (const Row& row : kRows) {
    if (static_cast<std::uint32_t>(status.f_type) == row.magic) {
      return {row.kind, row.name, row.format};
    }
  }
  char text[32];
  std::snprintf(text, sizeof(text), "type 0x%lx", static_cast<unsigned long>(status.f_type));
  return {FilesystemKind::other, text};
}

// Refused where there is no such thing: nothing to ask for.
void store_plainly(int directory) {
  int flags = 0;
  if (::ioctl(directory, FS_IOC_GETFLAGS, &flags) != 0) return;
  flags |= FS_NOCOW_FL;
  ::ioctl(directory, FS_IOC_SETFLAGS, &flags);
}

}  // namespace real
