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

// The page that a file's end lies in, when the end moves away from within it: what follows the old
// end must read as zeros. ext4 brings that page in, even where it is a hole, and makes it dirty
// unless it is one (Linux 6.18, cachestat before and after: ftruncate shorter, longer and to the
// same length, and pwrite beyond the end).
struct OldTail {
  PgOff page;
  std::optional<Pfn> frame;  // none: the end is a page's end
};
Result<OldTail> bring_in_tail(Kernel&, Inode&, Bytes size);
// Zeroes the tail's bytes in [from, to), as far as they lie in the page.
void zero_tail(Kernel&, Inode&, const OldTail&, FileOffset from, FileOffset to);

// Memory ran out in a call: the process is killed at this page, and does not come back from it.
Errno kill_for_memory(Kernel&, const Inode&, PgOff);

bool is_plain_name(std::string_view name);
Bytes largest_file(const Kernel&);

}  // namespace sim
