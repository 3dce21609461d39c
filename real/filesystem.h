// Which filesystem a directory lies on, as far as it matters to page accounting.

#pragma once

#include <string>

namespace real {

enum class FilesystemKind : unsigned char {
  disk,    // pages are dirty until written to a device, and can be dropped when clean
  memory,  // tmpfs, ramfs: no dirty tracking, no write-notify, never evicted
  other,   // layered or remote: page figures may be those of another layer
};

struct Filesystem {
  FilesystemKind kind = FilesystemKind::other;
  std::string name;
};

// Of an open file or directory, by statfs.
Filesystem filesystem_of(int fd);

}  // namespace real
