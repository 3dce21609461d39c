// What a computer tells: a stream of events. Every panel, table, test and comparison reads these.

#pragma once

#include <cstdint>

#include "sim/core/units.h"

namespace sim {

// A page by what it belongs to. Addresses differ between two computers and file names can be used
// again; this name is the same on both. `object` counts inodes and mappings that own pages
// (anonymous ones, and private file mappings for their copies) from 0, in order of creation;
// `index` is the page within it: for an inode the file's page, for a mapping the page counted from
// the mapping's start.
struct PageName {
  std::uint32_t object = 0;
  std::uint32_t index = 0;
  friend constexpr auto operator<=>(PageName, PageName) = default;
};

// PageName::object of an event that is about no object: a signal outside every mapping, a system
// call that failed before it found one.
inline constexpr std::uint32_t kNoObject = ~std::uint32_t{0};

enum class Access : std::uint8_t { read, write };

enum class EventKind : std::uint8_t {
  access,       // `count` touches of one page completed; detail: Access
  tlb_miss,     // the translation was not in the TLB
  fault_minor,  // page fault that read nothing from disk; detail: FaultDetail bits
  fault_major,  // page fault that waited for the disk; detail: FaultDetail bits
  page_in,      // a file page was read from disk into the page cache
  evict,        // a page lost its frame; detail: Eviction
  swap_out,     // an anonymous page was written to swap; count: its slot
  swap_in,      // an anonymous page was read from swap; count: its slot
  dirty,        // a file page became dirty
  write_back,   // a dirty file page was written to disk; detail: WriteBackReason
  system_call,  // a system call returned; operand: SystemCall, count: bytes moved, detail: errno or
                // 0
  signal,       // a touch ended in a signal; detail: its number
  disk_error,   // the disk refused a page; detail: DiskError
  process_switch,  // another process runs from now on; count: its number
};
inline constexpr int kEventKinds = 14;

// Bits of a fault's detail. A fault with none of them just mapped a page.
namespace fault_detail {
inline constexpr std::uint16_t cow = 1;           // copied a private page
inline constexpr std::uint16_t write_notify = 2;  // made a present, clean page of a file writable
inline constexpr std::uint16_t swap_in = 4;       // brought the page back from swap
inline constexpr std::uint16_t zero_page = 8;     // mapped, or replaced, the shared zero page
inline constexpr std::uint16_t in_system_call = 16;  // on the buffer of a read() or write()
}  // namespace fault_detail

enum class Eviction : std::uint16_t { dropped, written_back, swapped_out };
// replacement: by the very call that renamed the file over another or let go of it (disk_format.h).
enum class WriteBackReason : std::uint16_t { flush, eviction, background, replacement };
inline constexpr int kWriteBackReasons = 4;
enum class DiskError : std::uint16_t { read_failed, write_failed, full };

enum class SystemCall : std::uint8_t {
  open,
  close,
  lseek,
  read,
  write,
  ftruncate,
  fsync,
  fstat,
  unlink,
  rename,
  mmap,
  munmap,
  mprotect,
  msync,
  madvise,
  exit,
  fork,  // count: the new process; page: its first object of its own, and how many it has
};
inline constexpr int kSystemCalls = 17;

// A touch that never comes.
inline constexpr std::uint64_t kNeverTouched = ~std::uint64_t{0};

// 24 bytes. `touch` is the clock that both computers share: how many touches came before. A touch
// is one operand of one element, or one page of a system call's file range or buffer.
struct Event {
  std::uint64_t touch = 0;
  PageName page = {};
  std::uint32_t count = 1;
  EventKind kind = EventKind::access;
  std::uint8_t operand = 0;
  std::uint16_t detail = 0;
  friend bool operator==(const Event&, const Event&) = default;
};
static_assert(sizeof(Event) == 24);

const char* name_of(EventKind);
const char* name_of(WriteBackReason);
const char* name_of(Eviction);
const char* name_of(DiskError);
const char* name_of(SystemCall);

}  // namespace sim
