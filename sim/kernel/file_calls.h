// System calls about files, but for read() and write(). Errors are those of the man pages.

#pragma once

#include <string_view>

#include "sim/core/computer.h"
#include "sim/kernel/kernel.h"

namespace sim {

Result<Fd> open_file(Kernel&, std::string_view name, OpenFlags);
Status close_file(Kernel&, Fd);
Result<FileOffset> seek(Kernel&, Fd, std::int64_t offset, Whence);
Status truncate_file(Kernel&, Fd, Bytes size);
Status sync_file(Kernel&, Fd);
// A name that is removed or changed is so on the disk at once; only bytes and lengths wait for a
// flush. (A real disk gets names with the next journal commit, in 5 seconds at most by default.)
Status unlink_file(Kernel&, std::string_view name);
Status rename_file(Kernel&, std::string_view from, std::string_view to);

// Sets a file's length: cuts pages off, or lets zeros follow. EFBIG beyond 2^32 pages.
Status set_size(Kernel&, Inode&, Bytes size);
// The file is about to become longer: what stores left beyond its old end reads as zeros.
void grow(Kernel&, Inode&, Bytes size);

bool is_plain_name(std::string_view name);
Bytes largest_file(const Kernel&);

}  // namespace sim
