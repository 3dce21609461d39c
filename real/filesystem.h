// Which filesystem a directory lies on, as far as it matters to page accounting. What differs
// between them stands in one table (filesystem.cpp), by name; whatever can be found out by trying
// is tried.

#pragma once

#include <string>

#include "sim/core/disk_format.h"

namespace real {

enum class FilesystemKind : unsigned char {
  disk,    // pages are dirty until written to a device, and can be dropped when clean
  memory,  // tmpfs, ramfs: no dirty tracking, no write-notify, never evicted
  other,   // not known here
};

struct Filesystem {
  FilesystemKind kind = FilesystemKind::other;
  std::string name;
  sim::DiskFormat format = sim::DiskFormat::other;  // its habits (sim/core/disk_format.h)
};

// Of an open file or directory, by statfs.
Filesystem filesystem_of(int fd);

// Files made in the directory from now on are stored plainly, where that has to be asked for: not
// compressed, and written in place (btrfs: no copy-on-write, which checksums and compression need).
void store_plainly(int directory);

}  // namespace real
