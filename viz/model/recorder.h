// A computer that passes every call on to a simulated one and writes it down.

#pragma once

#include <cstdint>
#include <functional>

#include "sim/machine.h"
#include "viz/model/operation.h"
#include "viz/model/operation_log.h"

namespace viz {

// Asked between calls, and within a long for_each between elements, often enough that no more than
// kMostTouchesApart lie between two of them (a single read() or write() is not divided).
using BetweenOperations = std::function<void()>;
inline constexpr std::uint64_t kMostTouchesApart = 2048;

class Recorder final : public sim::Computer {
 public:
  // Neither is owned; both outlive the recorder.
  Recorder(sim::Machine& machine, OperationLog& log, BetweenOperations between)
      : machine_(machine), log_(log), between_(std::move(between)) {}

  // A loop that makes this touch is divided there: `between` is asked at the first element that
  // begins with it or after it.
  void divide_at(std::uint64_t touch) { divide_at_ = touch; }
  // Divisions made for that, of loops that are over: operations beyond those there would be.
  std::uint64_t divisions() const { return divisions_; }

  sim::Bytes page_size() const override { return machine_.page_size(); }
  sim::Result<sim::Fd> open(std::string_view name, sim::OpenFlags) override;
  sim::Status close(sim::Fd) override;
  sim::Result<sim::FileOffset> lseek(sim::Fd, std::int64_t offset, sim::Whence) override;
  sim::Result<sim::Bytes> read(sim::Fd, sim::MemoryBuffer) override;
  sim::Result<sim::Bytes> read(sim::Fd, std::span<std::byte>) override;
  sim::Result<sim::Bytes> write(sim::Fd, sim::MemoryBuffer) override;
  sim::Result<sim::Bytes> write(sim::Fd, std::span<const std::byte>) override;
  sim::Status ftruncate(sim::Fd, sim::Bytes size) override;
  sim::Status fsync(sim::Fd) override;
  sim::Result<sim::FileStat> fstat(sim::Fd) override;
  sim::Result<sim::FileStat> stat(std::string_view name) override;
  sim::Status unlink(std::string_view name) override;
  sim::Status rename(std::string_view from, std::string_view to) override;
  std::vector<std::string> list_files() override { return machine_.list_files(); }
  sim::Result<sim::Mapping> mmap(const sim::MapRequest&) override;
  sim::Status munmap(sim::VirtAddr, sim::Bytes length) override;
  sim::Status mprotect(sim::VirtAddr, sim::Bytes length, sim::Protection) override;
  sim::Status msync(sim::VirtAddr, sim::Bytes length) override;
  sim::Status madvise(sim::VirtAddr, sim::Bytes length, sim::Advice) override;
  sim::Outcome load(sim::VirtAddr, std::span<std::byte> into) override;
  sim::Outcome store(sim::VirtAddr, std::span<const std::byte> from) override;
  sim::Outcome for_each(std::span<const sim::Operand>, std::uint64_t count,
                        sim::ElementLoop&) override;
  sim::Result<sim::Forked> fork() override;
  void switch_to(sim::ProcessId) override;
  void exit() override;
  std::uint64_t touches() const override { return machine_.touches(); }
  void stop_at(std::uint64_t touch) override { machine_.stop_at(touch); }
  sim::Observation observe() override { return machine_.observe(); }
  sim::FileBytes bytes_of(std::string_view name, sim::Truth truth, sim::FileOffset from,
                          sim::Bytes length) override {
    return machine_.bytes_of(name, truth, from, length);
  }

 private:
  // Every operation begins with this.
  void begin(Operation);
  void put(sim::Fd fd) { log_.put_signed(fd.number); }
  void put_address(sim::VirtAddr);
  void put_buffer(sim::MemoryBuffer);
  sim::Outcome piece(std::span<const sim::Operand>, std::uint64_t count, sim::ElementLoop&);

  sim::Machine& machine_;
  OperationLog& log_;
  BetweenOperations between_;
  std::uint64_t divide_at_ = 0;
  std::uint64_t divisions_ = 0;
};

}  // namespace viz
