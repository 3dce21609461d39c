// One touch at a time: the real access inside a window of measurement, and what it did as events.

#pragma once

#include <cstdint>
#include <span>

#include "real/host_parts.h"
#include "real/mirror.h"
#include "real/swap.h"
#include "real/unasked.h"

namespace real {

// A file's page just before something touches it.
struct FilePageBefore {
  CachedPage state;
  bool hole = false;  // no disk block: bringing it in reads nothing
};

// A page of a mapping just before a touch.
struct PageBefore {
  std::uint8_t known = 0;  // page_bit
  bool looked = false;     // whether `file` was asked for: not when no fault can be expected
  FilePageBefore file;
};

// The buffer page of one piece of a read() or write(), after the call.
struct BufferTouch {
  std::uint64_t address = 0;
  sim::Access access = sim::Access::read;
  std::uint8_t operand = 1;
  PageBefore before{};
  FaultCounts faults{};  // that the call took
};

// The file page of one piece.
struct FileTouch {
  Inode* inode = nullptr;
  std::uint64_t page = 0;
  sim::Access access = sim::Access::read;
  FilePageBefore before{};
  bool read_from_disk = false;
};

class Touches {
 public:
  Touches(HostParts& host, Swap& swap, Mirror& mirror, Unasked& unasked)
      : host_(&host), swap_(&swap), mirror_(&mirror), unasked_(&unasked) {}

  // Bytes of any length between the program's memory and `mine`, page by page.
  sim::Outcome move(std::uint64_t address, std::byte* mine, std::size_t n, sim::Access access,
                    std::uint8_t operand);
  sim::Outcome for_each(std::span<const sim::Operand> operands, std::uint64_t count,
                        sim::ElementLoop& loop);

  // Stores to the memory that accesses are staged in.
  void warm_up();
  // Whether an access finds an entry that allows it, by what is known of the page.
  bool is_ready(const Area& area, std::uint8_t known, sim::Access access) const;

  // The sides of a system call, which makes the access itself between the two.
  FilePageBefore look(const Inode& inode, std::uint64_t page) const;
  PageBefore look(const Area& area, std::uint64_t address, sim::Access access) const;
  void file_touched(const FileTouch& touch);
  // A call moved the end of the file away from inside this page: zeroing the rest of it may have
  // read it in and made it dirty (ext4, Linux 6.18). Seen, not assumed. `read`: the call waited for
  // the disk.
  void end_moved(Inode& inode, std::uint64_t page, const FilePageBefore& before, bool read);
  void buffer_touched(const Area& area, const BufferTouch& touch);
  // The buffer's page alone, of a write() that gets no further.
  sim::Outcome look_through(std::uint64_t address);
  // What came in before a process died in a call: the file's page behind the buffer, or the one
  // that the file's end lies in.
  void came_in_before_death(const Area& area, std::uint64_t address);
  void came_in_before_death(OpenFile& file, std::uint64_t size);
  // The running process dies in a call, at this page. Returns its errno.
  int die(Inode& inode, std::uint64_t page);
  // Shared memory in the swap area is brought back before the call.
  void bring_in_buffer(const BufferTouch& touch);
  // A call failed that may have read this address: nothing beside it stays mapped.
  void undo_fault_around_at(std::uint64_t address);

 private:
  // Faults that were counted without an address may be this process's own. An entry that allows the
  // access faults only if the kernel took the right to store away again, as write-back does; under
  // a limit of memory it may take anything.
  bool can_fault(const Area& area, std::uint8_t known, sim::Access access) const;

  struct OneTouch {
    std::uint64_t address = 0;
    std::byte* mine = nullptr;
    std::size_t n = 0;
    sim::Access access = sim::Access::read;
    std::uint8_t operand = 0;
    std::uint16_t detail = 0;  // of its faults
  };
  struct Fault {
    FaultKind kind = FaultKind::minor;
    std::uint16_t extra = 0;  // detail bits besides the class of the fault
  };
  struct Page {
    Origin* origin = nullptr;
    std::uint64_t page = 0;
    sim::Access access = sim::Access::read;
    std::uint8_t operand = 0;
  };

  sim::Outcome touch(const OneTouch& one);
  sim::Outcome touch_unseen(const Area& area, const OneTouch& one);  // where nothing is recorded
  sim::Outcome stage(std::span<const sim::Operand> operands, std::uint64_t element,
                     sim::ElementLoop& loop);
  bool is_stored_to(std::span<const sim::Operand> operands, std::uint64_t element,
                    std::uint64_t page) const;
  std::uint64_t direct_length(std::span<const sim::Operand> operands, std::uint64_t element,
                              std::uint64_t count) const;
  sim::Outcome run(std::span<const sim::Operand> operands, std::uint64_t element, std::uint64_t n,
                   sim::ElementLoop& loop);
  sim::Outcome die(const OneTouch& one);
  void bring_in(const Page& page);
  sim::Outcome refuse(std::uint64_t address, std::uint8_t operand);
  sim::Outcome died(const Page& page, const AccessSignal& signal);

  bool is_shared(const Page& page);
  void faulted(const Page& page, const PageBefore& before, Fault fault);
  void touched(const Page& page, const PageBefore& before, bool had_fault);
  void undo_fault_around(const Origin& origin, std::uint64_t page);
  void notice_background(const Origin& origin, std::uint64_t page, bool clean);
  void completed(const Page& page, std::uint32_t count);

  HostParts* host_;
  Swap* swap_;
  Mirror* mirror_;
  Unasked* unasked_;
  alignas(64) std::byte staging_[sim::kMostOperands][sim::kLargestElement] = {};
};

}  // namespace real
