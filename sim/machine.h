// The simulated computer, whole, as one value: copy it and both go on alike. It reads no clock,
// uses no threads and no globals; the same calls on the same settings give the same events.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sim/core/computer.h"
#include "sim/core/config.h"
#include "sim/core/event_stream.h"
#include "sim/kernel/element_walk.h"
#include "sim/kernel/kernel.h"
#include "sim/kernel/power_cut.h"

namespace sim {

// What is wrong with the settings, why, and what to write instead; nothing if they will do.
std::optional<std::string> problem_with(const MachineConfig&);

class Machine final : public Computer {
 public:
  // Requires: problem_with() finds none.
  explicit Machine(const MachineConfig&);

  // Events go here from now on (null: nowhere). Not owned. A copy of the machine has no stream.
  void attach(EventStream* stream) { kernel_.events.attach(stream); }
  const MachineConfig& config() const { return config_; }
  // For whoever shows its insides (inspection.h).
  const Kernel& kernel() const { return kernel_; }

  // A file that was there before power-on: on the disk, durable, no page of it in memory. Replaces
  // one of that name. Errors: EINVAL, ENAMETOOLONG (its name), EFBIG.
  Status install_file(std::string_view name, std::span<const std::byte>);
  // The same, with a size and no blocks: reads as zeros, costs nothing.
  Status install_sparse_file(std::string_view name, Bytes size);

  // As after a restart with the same disk: everything is written back, the page cache is empty, no
  // PTE maps a file page, the TLB is empty. Tells no event. Anonymous pages, private copies and
  // descriptors stay, if a program left any.
  void cold_start();

  // For the test that holds the two against each other.
  void set_chunking(Chunking chunking) { chunking_ = chunking; }

  Bytes page_size() const override { return config_.page_size; }
  Result<Fd> open(std::string_view name, OpenFlags) override;
  Status close(Fd) override;
  Result<FileOffset> lseek(Fd, std::int64_t offset, Whence) override;
  Result<Bytes> read(Fd, MemoryBuffer) override;
  Result<Bytes> read(Fd, std::span<std::byte>) override;
  Result<Bytes> write(Fd, MemoryBuffer) override;
  Result<Bytes> write(Fd, std::span<const std::byte>) override;
  Status ftruncate(Fd, Bytes size) override;
  Status fsync(Fd) override;
  Result<FileStat> fstat(Fd) override;
  Result<FileStat> stat(std::string_view name) override;
  Status unlink(std::string_view name) override;
  Status rename(std::string_view from, std::string_view to) override;
  std::vector<std::string> list_files() override;

  Result<Mapping> mmap(const MapRequest&) override;
  Status munmap(VirtAddr, Bytes length) override;
  Status mprotect(VirtAddr, Bytes length, Protection) override;
  Status msync(VirtAddr, Bytes length) override;
  Status madvise(VirtAddr, Bytes length, Advice) override;

  Outcome load(VirtAddr, std::span<std::byte> into) override;
  Outcome store(VirtAddr, std::span<const std::byte> from) override;
  Outcome for_each(std::span<const Operand>, std::uint64_t count, ElementLoop&) override;

  // The page is written back before that touch, as a real kernel was seen to do. Ascending touches.
  void foresee(const std::vector<KernelWrite>&);

  // How bytes move onto themselves within a page, which each processor does its own way. Not owned;
  // outlives this and its copies.
  void copy_within_pages_as(PageCopy& copy) { kernel_.page_copy = &copy; }

  // What may be found on the disk if the power is cut now.
  DiskRemains after_power_cut() const { return remains_of(kernel_); }

  Result<Forked> fork() override;
  void switch_to(ProcessId) override;
  void exit() override;
  std::uint64_t touches() const override { return kernel_.events.touches(); }
  void stop_at(std::uint64_t touch) override;
  Observation observe() override;
  FileBytes bytes_of(std::string_view name, Truth, FileOffset from, Bytes length) override;

 private:
  // The event at the end of a call. `moved` is the bytes it moved.
  void tell(SystemCall, std::uint32_t object, int error, Bytes moved = Bytes{0});
  std::uint32_t object_of(Fd);
  std::uint32_t object_of(std::string_view name);

  MachineConfig config_;
  Kernel kernel_;
  Chunking chunking_ = Chunking::where_nothing_happens;
};

}  // namespace sim
