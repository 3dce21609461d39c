// The real computer: every call is a system call, every access a real load or store of a real
// mapping, and what the kernel did about it comes out as events.
//
// Runs in a child process (real/child.h), one in a process. Exact mode (real/mode.h): one fault is
// one page, the page cache starts empty, read() and write() are cut at page boundaries (Linux gives
// larger calls larger folios; in default mode they are not). Advice that only changes readahead is
// checked and not passed on.

#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "real/capabilities.h"
#include "real/death.h"
#include "real/eviction_list.h"
#include "real/fault_recorder.h"
#include "real/mode.h"
#include "real/page_state.h"
#include "real/problem.h"
#include "real/userfault.h"
#include "sim/core/computer.h"
#include "sim/core/event_stream.h"
#include "sim/core/kernel_write.h"

namespace real {

struct Inode;
struct OpenFile;
struct Origin;
struct Process;

// Which rung of each ladder to stand on; tests choose lower ones.
struct HostSources {
  FaultSource faults = FaultSource::best;
  CacheSource cache = CacheSource::best;
  MemorySource memory = MemorySource::best;
  WriteProtectSource write_protect = WriteProtectSource::best;
  friend bool operator==(const HostSources&, const HostSources&) = default;
};

struct HostSetup {
  int directory = -1;  // the scratch directory, open; stays the caller's
  sim::EventStream* events = nullptr;
  std::span<const MirroredEviction> evictions;  // ascending; outlive the host
  HostSources sources;
  Mode mode = Mode::exact;
  std::span<const Death> deaths = {};  // ascending; outlive the host
  bool is_limited = false;             // the kernel may take any page away (memory_group.h)
};

class LinuxHost final : public sim::Computer {
 public:
  static Or<std::unique_ptr<LinuxHost>> make(const HostSetup& setup);
  ~LinuxHost() override;

  const std::vector<Capability>& capabilities() const { return capabilities_; }
  // What the kernel's own counter says the disk was read for, by the program's touches and calls;
  // in pages. Nothing: it cannot be seen here, or is not exact (default mode reads ahead).
  std::optional<std::uint64_t> device_pages_in() const;
  // What cannot be shown, and what else the reader of this run must know.
  std::vector<std::string> notes() const;

  sim::Bytes page_size() const override;

  sim::Result<sim::Fd> open(std::string_view name, sim::OpenFlags flags) override;
  sim::Status close(sim::Fd fd) override;
  sim::Result<sim::FileOffset> lseek(sim::Fd fd, std::int64_t offset, sim::Whence) override;
  sim::Result<sim::Bytes> read(sim::Fd fd, sim::MemoryBuffer into) override;
  sim::Result<sim::Bytes> read(sim::Fd fd, std::span<std::byte> into) override;
  sim::Result<sim::Bytes> write(sim::Fd fd, sim::MemoryBuffer from) override;
  sim::Result<sim::Bytes> write(sim::Fd fd, std::span<const std::byte> from) override;
  sim::Status ftruncate(sim::Fd fd, sim::Bytes size) override;
  sim::Status fsync(sim::Fd fd) override;
  sim::Result<sim::FileStat> fstat(sim::Fd fd) override;
  sim::Result<sim::FileStat> stat(std::string_view name) override;
  sim::Status unlink(std::string_view name) override;
  sim::Status rename(std::string_view from, std::string_view to) override;
  std::vector<std::string> list_files() override;

  sim::Result<sim::Mapping> mmap(const sim::MapRequest& request) override;
  sim::Status munmap(sim::VirtAddr base, sim::Bytes length) override;
  sim::Status mprotect(sim::VirtAddr base, sim::Bytes length, sim::Protection) override;
  sim::Status msync(sim::VirtAddr base, sim::Bytes length) override;
  sim::Status madvise(sim::VirtAddr base, sim::Bytes length, sim::Advice) override;

  sim::Outcome load(sim::VirtAddr from, std::span<std::byte> into) override;
  sim::Outcome store(sim::VirtAddr to, std::span<const std::byte> from) override;
  sim::Outcome for_each(std::span<const sim::Operand> operands, std::uint64_t count,
                        sim::ElementLoop& loop) override;

  sim::Result<sim::Forked> fork() override;
  void switch_to(sim::ProcessId) override;
  void exit() override;
  std::uint64_t touches() const override;
  void stop_at(std::uint64_t touch) override;
  sim::Observation observe() override;
  sim::FileBytes bytes_of(std::string_view name, sim::Truth truth, sim::FileOffset from,
                          sim::Bytes length) override;

 private:
  struct Parts;  // the tables, the instruments and the recorder of touches
  struct Transfer;
  struct Piece;
  struct Moved;
  class Reader;
  explicit LinuxHost(std::unique_ptr<Parts> parts);

  void start_cold();
  void find_capabilities();
  void warm_up();
  struct Return;  // of a system call
  void returned(const Return& result);
  // What a call gives back when it failed, respectively when it moves nothing; told as an event.
  sim::Errno failed(sim::SystemCall call, int error, std::uint32_t object = sim::kNoObject);
  sim::Status status(sim::SystemCall call, int error, std::uint32_t object = sim::kNoObject);

  // read() and write(): linux_host_transfer.cpp.
  sim::Result<sim::Bytes> transfer(Transfer transfer);
  std::vector<Piece> next_pieces(const Transfer& transfer, std::uint64_t most);
  void die(Transfer& transfer);
  Moved move_pieces(Transfer& transfer, std::span<Piece> pieces);
  void look(std::span<Piece> pieces);
  long call(const Transfer& transfer, std::span<const Piece> pieces, FaultCounts& taken);
  void place_faults(std::span<Piece> pieces, FaultCounts taken);
  void tell_buffer(const Piece& piece);
  void tell_file(const Transfer& transfer, Piece& piece, const FaultCounts& taken);
  void look_beside(std::span<const Piece> pieces);
  sim::Result<sim::FileStat> stat_of(int fd, std::uint32_t object);
  void flushed(std::uint32_t object, const sim::PageRanges& dirty_before);
  void forget_pages(const Origin& origin, std::uint64_t first, std::uint64_t end);
  void pages_went(std::uint32_t object, std::uint64_t first_page);
  // An mmap call. Returns the address, or an errno as a negative number.
  struct NewMapping {
    std::uint64_t length = 0;
    std::uint64_t protection = 0;
    std::uint64_t flags = 0;
    std::uint64_t file = 0;
    std::uint64_t offset = 0;
  };
  long map(const NewMapping& wanted);
  void drop_guard(const Origin& origin);
  void open_there(OpenFile& file, const std::string& path);
  void keep_open(Origin& origin, const OpenFile& file);
  // fork(): linux_host_processes.cpp.
  using Objects = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  struct Inherited;
  Inherited inheritance();
  Objects take_over(Inherited& inherited, Process& child);
  void share_pages(Origin& parents, Origin& childs);
  void register_pages(Process& child);
  void advise(sim::VirtAddr base, sim::Bytes length, bool is_file);
  enum class Call : std::uint8_t { to_come, done };
  void settle(Inode& inode, Call);
  void let_go(Inode* inode);
  void notice_background(Inode& inode, sim::PageRange range, const sim::PageRanges& dirty_now,
                         sim::Noticed noticed,
                         sim::WriteBackReason reason = sim::WriteBackReason::background);

  void observe_processes(sim::Observation& seen);

  std::unique_ptr<Parts> parts_;
  std::vector<Capability> capabilities_;
  std::vector<std::string> remarks_;
  bool has_told_of_fork_ = false;
};

}  // namespace real
