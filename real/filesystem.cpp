// Magic numbers of statfs(2), from the kernel's magic.h.

#include "real/filesystem.h"

#include <linux/magic.h>
#include <sys/vfs.h>

#include <cstdint>
#include <cstdio>

namespace real {

Filesystem filesystem_of(int fd) {
  constexpr std::uint32_t kXfsMagic = 0x58465342;  // XFS keeps its own outside of magic.h
  struct statfs status {};
  if (::fstatfs(fd, &status) != 0) return {FilesystemKind::other, "unknown"};
  switch (static_cast<std::uint32_t>(status.f_type)) {
    case EXT4_SUPER_MAGIC: return {FilesystemKind::disk, "ext4"};
    case kXfsMagic: return {FilesystemKind::disk, "xfs"};
    case BTRFS_SUPER_MAGIC: return {FilesystemKind::disk, "btrfs"};
    case F2FS_SUPER_MAGIC: return {FilesystemKind::disk, "f2fs"};
    case TMPFS_MAGIC: return {FilesystemKind::memory, "tmpfs"};
    case RAMFS_MAGIC: return {FilesystemKind::memory, "ramfs"};
    case OVERLAYFS_SUPER_MAGIC: return {FilesystemKind::other, "overlayfs"};
    default: break;
  }
  char text[32];
  std::snprintf(text, sizeof(text), "type 0x%lx", static_cast<unsigned long>(status.f_type));
  return {FilesystemKind::other, text};
}

}  // namespace real
