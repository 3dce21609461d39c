// A computer for programs that touch none: every call of it is an error of the test.

#pragma once

#include <cerrno>

#include "sim/core/computer.h"

namespace python {

class NoComputer final : public sim::Computer {
 public:
  sim::Bytes page_size() const override { return sim::Bytes{4096}; }
  sim::Result<sim::Fd> open(std::string_view, sim::OpenFlags) override { return none(); }
  sim::Status close(sim::Fd) override { return none(); }
  sim::Result<sim::FileOffset> lseek(sim::Fd, std::int64_t, sim::Whence) override { return none(); }
  sim::Result<sim::Bytes> read(sim::Fd, sim::MemoryBuffer) override { return none(); }
  sim::Result<sim::Bytes> read(sim::Fd, std::span<std::byte>) override { return none(); }
  sim::Result<sim::Bytes> write(sim::Fd, sim::MemoryBuffer) override { return none(); }
  sim::Result<sim::Bytes> write(sim::Fd, std::span<const std::byte>) override { return none(); }
  sim::Status ftruncate(sim::Fd, sim::Bytes) override { return none(); }
  sim::Status fsync(sim::Fd) override { return none(); }
  sim::Result<sim::FileStat> fstat(sim::Fd) override { return none(); }
  sim::Result<sim::FileStat> stat(std::string_view) override { return none(); }
  sim::Status unlink(std::string_view) override { return none(); }
  sim::Status rename(std::string_view, std::string_view) override { return none(); }
  std::vector<std::string> list_files() override { return {}; }
  sim::Result<sim::Mapping> mmap(const sim::MapRequest&) override { return none(); }
  sim::Status munmap(sim::VirtAddr, sim::Bytes) override { return none(); }
  sim::Status mprotect(sim::VirtAddr, sim::Bytes, sim::Protection) override { return none(); }
  sim::Status msync(sim::VirtAddr, sim::Bytes) override { return none(); }
  sim::Status madvise(sim::VirtAddr, sim::Bytes, sim::Advice) override { return none(); }
  sim::Outcome load(sim::VirtAddr, std::span<std::byte>) override { return {}; }
  sim::Outcome store(sim::VirtAddr, std::span<const std::byte>) override { return {}; }
  sim::Outcome for_each(std::span<const sim::Operand>, std::uint64_t, sim::ElementLoop&) override {
    return {};
  }
  sim::Result<sim::Forked> fork() override { return none(); }
  void switch_to(sim::ProcessId) override {}
  void exit() override {}
  std::uint64_t touches() const override { return 0; }
  void stop_at(std::uint64_t) override {}
  sim::Observation observe() override { return {}; }
  sim::FileBytes bytes_of(std::string_view, sim::Truth, sim::FileOffset, sim::Bytes) override {
    return {};
  }

 private:
  static sim::Errno none() { return sim::Errno{ENOSYS}; }
};

}  // namespace python
