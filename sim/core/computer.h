// The seam: what a program can ask of its computer.
//
// sim::Machine implements it over simulated hardware, real::LinuxHost with real system calls and
// real loads and stores. Array code is written once, against this. What happened comes out as
// events (the stream is given to the implementation when it is made), never as return values.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/event.h"
#include "sim/core/page_ranges.h"
#include "sim/core/result.h"
#include "sim/core/units.h"

namespace sim {

// How an access to memory ended: done, or a signal (SIGSEGV, SIGBUS) with the byte it happened at.
// SIGKILL means that memory ran out: no frame could be evicted and swap is full (the kernel's OOM
// kill).
struct [[nodiscard]] Outcome {
  int signal = 0;  // 0: done
  VirtAddr address;
  bool is_done() const { return signal == 0; }
};

// One array among those an operation walks: element i lies at base + i * stride, in bytes.
struct Operand {
  VirtAddr base;
  std::int64_t stride = 0;
  std::uint32_t size = 0;  // bytes of one element, at most kLargestElement
  Access access = Access::read;
};
inline constexpr std::size_t kLargestElement = 64;
inline constexpr std::size_t kMostOperands = 8;
inline constexpr std::size_t kMostProcesses = 16;

// What for_each calls: pointers[k] is where operand k's next element lies, and consecutive elements
// are Operand::stride bytes apart (never used when n == 1). Reads what the read operands point to,
// writes what the write operands point to, touches nothing else of the computer. The pointers die
// with the call.
class ElementLoop {
 public:
  virtual void run(std::byte* const* pointers, std::uint64_t n) = 0;

 protected:
  ~ElementLoop() = default;
};

struct Fd {
  int number = -1;
  friend auto operator<=>(Fd, Fd) = default;
};

enum class OpenAccess : std::uint8_t { read_only, write_only, read_write };
struct OpenFlags {
  OpenAccess access = OpenAccess::read_only;
  bool create = false;
  bool exclusive = false;
  bool truncate = false;
  bool append = false;
};

enum class Whence : std::uint8_t { set, current, end };

struct FileStat {
  Bytes size;
  std::uint32_t object = 0;  // PageName::object of the inode
};

enum class Sharing : std::uint8_t { shared, private_copy };
struct Protection {
  bool read = true;
  bool write = false;
};
// A file's descriptor makes a file mapping (offset is a multiple of the page size), none an
// anonymous one. Errors as mmap(2): EINVAL, EACCES, EBADF, ENOMEM.
struct MapRequest {
  std::optional<Fd> file = {};
  FileOffset offset = {};
  Bytes length = {};
  Protection protection = {};
  Sharing sharing = Sharing::private_copy;
};
struct Mapping {
  VirtAddr base;
  std::uint32_t object =
      0;  // whose pages it shows: the inode (shared) or the mapping itself (private)
};

enum class Advice : std::uint8_t { normal, random, sequential, will_need, dont_need };

// A process of the program. The first is 0, and no number is used again.
struct ProcessId {
  std::uint32_t number = 0;
  friend auto operator<=>(ProcessId, ProcessId) = default;
};
// What fork() made. The child's pages that the parent has as pages of its own (anonymous, copies)
// belong to an object of the child's from then on: pairs of the parent's object and the child's,
// ascending.
struct Forked {
  ProcessId child;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> mappings;
};

// As both computers tell it.
inline Event fork_event(const Forked& forked, std::uint64_t touches) {
  const auto& mappings = forked.mappings;
  return {.touch = touches,
          .page = {mappings.empty() ? kNoObject : mappings.front().second,
                   static_cast<std::uint32_t>(mappings.size())},
          .count = forked.child.number,
          .kind = EventKind::system_call,
          .operand = static_cast<std::uint8_t>(SystemCall::fork)};
}

// A buffer of a read() or write(): in the computer's memory, where each page of it is a touch, or
// in the interpreter's own memory (a bytes object, a Python file's buffer), where nothing is.
struct MemoryBuffer {
  VirtAddr base;
  Bytes length;
};

// What is where, now. Looking costs no touch and emits no event.
struct DescriptorState {
  Fd fd;
  FileOffset position;
};
struct FileState {
  std::string name;  // empty once unlinked
  std::uint32_t object = 0;
  Bytes size;
  std::vector<DescriptorState> descriptors;  // the open ones, oldest first
  PageRanges resident;                       // pages in the page cache
  PageRanges dirty;                          // of those, the ones that differ from the disk
  PageRanges writing;                        // being written to the disk at this moment
};
struct MemoryState {  // a mapping's own pages: anonymous ones, and copies of a private file mapping
  std::uint32_t object = 0;
  PageRanges resident;  // in a frame; the shared zero page is in none
  PageRanges swapped;
  // Of the resident ones: since a fork in a frame that an older mapping has, too. It counts there.
  PageRanges shared;
};
// What a process has mapped, by kind, as Linux counts it (Documentation/filesystems/proc.rst,
// /proc/PID/status), of the program's mappings alone.
struct ResidentPages {
  Pages anonymous;  // RssAnon: memory without a file, and copies that private maps of files made
  Pages file;       // RssFile: pages of files that the process has an entry for
  Pages shared;     // RssShmem: shared memory without a file
  friend bool operator==(const ResidentPages&, const ResidentPages&) = default;
};
struct FileEntries {         // of one mapping of a file: those that lead to pages of the page cache
  std::uint32_t object = 0;  // the file's
  PageRanges pages;
};
struct ProcessState {
  ProcessId id;
  Pages reserved;                         // of the address space: VmSize
  std::optional<ResidentPages> resident;  // nothing: this computer cannot tell
  Pages swapped;                          // VmSwap: of private memory
  // As many pages as `resident` has of files: a list for each mapping, so that a page that two show
  // is in two.
  std::vector<FileEntries> file_entries;
};
struct Observation {
  std::vector<FileState> files;         // in order of creation
  std::vector<MemoryState> memory;      // in order of creation; only mappings that still exist
  std::vector<ProcessState> processes;  // ascending; those that have anything mapped
};

// The three truths about a file. What this computer cannot show is absent, and says why.
struct FileBytes {
  std::optional<std::vector<std::byte>> bytes;
  std::string why_not;  // when absent
};
enum class Truth : std::uint8_t {
  program,  // what the program sees: through its newest live mapping of the file, else as the cache
  cache,    // what the page cache holds (what every other reader gets)
  durable,  // what the disk would hold after a power cut
};

class Computer {
 public:
  virtual ~Computer() = default;

  virtual Bytes page_size() const = 0;

  // Files. Names are plain: no '/', not "." or "..", not empty (EINVAL). ENOMEM of read(), write()
  // and ftruncate() means that memory ran out and the process is dead.
  virtual Result<Fd> open(std::string_view name, OpenFlags) = 0;
  virtual Status close(Fd) = 0;
  virtual Result<FileOffset> lseek(Fd, std::int64_t offset, Whence) = 0;
  virtual Result<Bytes> read(Fd, MemoryBuffer) = 0;
  virtual Result<Bytes> read(Fd, std::span<std::byte>) = 0;
  virtual Result<Bytes> write(Fd, MemoryBuffer) = 0;
  virtual Result<Bytes> write(Fd, std::span<const std::byte>) = 0;
  virtual Status ftruncate(Fd, Bytes size) = 0;
  virtual Status fsync(Fd) = 0;
  virtual Result<FileStat> fstat(Fd) = 0;
  virtual Result<FileStat> stat(std::string_view name) = 0;
  virtual Status unlink(std::string_view name) = 0;
  virtual Status rename(std::string_view from, std::string_view to) = 0;
  virtual std::vector<std::string> list_files() = 0;  // sorted

  // Memory.
  virtual Result<Mapping> mmap(const MapRequest&) = 0;
  virtual Status munmap(VirtAddr, Bytes length) = 0;
  virtual Status mprotect(VirtAddr, Bytes length, Protection) = 0;
  virtual Status msync(VirtAddr, Bytes length) = 0;  // MS_SYNC
  virtual Status madvise(VirtAddr, Bytes length, Advice) = 0;

  // One access of any length, page by page: a touch per page. On a signal the pages before it were
  // accessed, as a real copy would have.
  virtual Outcome load(VirtAddr, std::span<std::byte> into) = 0;
  virtual Outcome store(VirtAddr, std::span<const std::byte> from) = 0;

  // The hot path. Element i touches its operands in the order given (reads first, then writes),
  // then comes i + 1. The loop sees n == 1 on staged copies, or n > 1 directly where none of the n
  // elements can miss the TLB, fault, cross a page or reach a timer: how it is cut changes no event
  // but the lengths of access runs. An element that straddles pages is staged, one touch per page.
  virtual Outcome for_each(std::span<const Operand>, std::uint64_t count, ElementLoop&) = 0;

  // A copy of the running process, which goes on: the same mappings at the same addresses, the same
  // descriptors (which share their positions). Errors: EAGAIN (kMostProcesses live).
  virtual Result<Forked> fork() = 0;
  // Whose calls and touches come next. Requires: the process has not ended.
  virtual void switch_to(ProcessId) = 0;
  // The running process ends: its mappings go, its descriptors close. Nothing is written back.
  virtual void exit() = 0;

  // Touches so far: the clock.
  virtual std::uint64_t touches() const = 0;
  // The computer stops when this many touches have been made (kNeverTouched: it does not). The
  // touch that would come next is not made: an access ends in SIGKILL, read() and write() move no
  // more (EINTR if nothing yet). The two touches of one piece of a read() or write() go together.
  virtual void stop_at(std::uint64_t touch) = 0;

  virtual Observation observe() = 0;
  virtual FileBytes bytes_of(std::string_view name, Truth, FileOffset from, Bytes length) = 0;
};

}  // namespace sim
