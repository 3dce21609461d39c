// A computer that makes one touch at a time of what a program asks for, and keeps a copy of the
// machine after each: the plain, slow way to have every moment.

#pragma once

#include <map>

#include "sim/machine.h"

namespace viz_tests {

class OneByOne final : public sim::Computer {
 public:
  explicit OneByOne(const sim::Machine& start) : machine_(start) { keep(); }

  // The machine when so many touches were made; the newest, where calls without a touch followed.
  const std::map<std::uint64_t, sim::Machine>& moments() const { return moments_; }

  sim::Bytes page_size() const override { return machine_.page_size(); }
  sim::Result<sim::Fd> open(std::string_view name, sim::OpenFlags flags) override {
    return kept(machine_.open(name, flags));
  }
  sim::Status close(sim::Fd fd) override { return kept(machine_.close(fd)); }
  sim::Result<sim::FileOffset> lseek(sim::Fd fd, std::int64_t offset, sim::Whence from) override {
    return kept(machine_.lseek(fd, offset, from));
  }
  sim::Result<sim::Bytes> read(sim::Fd fd, sim::MemoryBuffer into) override {
    return kept(machine_.read(fd, into));
  }
  sim::Result<sim::Bytes> read(sim::Fd fd, std::span<std::byte> into) override {
    return kept(machine_.read(fd, into));
  }
  sim::Result<sim::Bytes> write(sim::Fd fd, sim::MemoryBuffer from) override {
    return kept(machine_.write(fd, from));
  }
  sim::Result<sim::Bytes> write(sim::Fd fd, std::span<const std::byte> from) override {
    return kept(machine_.write(fd, from));
  }
  sim::Status ftruncate(sim::Fd fd, sim::Bytes size) override {
    return kept(machine_.ftruncate(fd, size));
  }
  sim::Status fsync(sim::Fd fd) override { return kept(machine_.fsync(fd)); }
  sim::Result<sim::FileStat> fstat(sim::Fd fd) override { return kept(machine_.fstat(fd)); }
  sim::Result<sim::FileStat> stat(std::string_view name) override { return machine_.stat(name); }
  sim::Status unlink(std::string_view name) override { return kept(machine_.unlink(name)); }
  sim::Status rename(std::string_view from, std::string_view to) override {
    return kept(machine_.rename(from, to));
  }
  std::vector<std::string> list_files() override { return machine_.list_files(); }
  sim::Result<sim::Mapping> mmap(const sim::MapRequest& request) override {
    return kept(machine_.mmap(request));
  }
  sim::Status munmap(sim::VirtAddr base, sim::Bytes length) override {
    return kept(machine_.munmap(base, length));
  }
  sim::Status mprotect(sim::VirtAddr base, sim::Bytes length, sim::Protection to) override {
    return kept(machine_.mprotect(base, length, to));
  }
  sim::Status msync(sim::VirtAddr base, sim::Bytes length) override {
    return kept(machine_.msync(base, length));
  }
  sim::Status madvise(sim::VirtAddr base, sim::Bytes length, sim::Advice advice) override {
    return kept(machine_.madvise(base, length, advice));
  }
  sim::Outcome load(sim::VirtAddr from, std::span<std::byte> into) override;
  sim::Outcome store(sim::VirtAddr to, std::span<const std::byte> from) override;
  sim::Outcome for_each(std::span<const sim::Operand> operands, std::uint64_t count,
                        sim::ElementLoop& loop) override;
  sim::Result<sim::Forked> fork() override { return kept(machine_.fork()); }
  void switch_to(sim::ProcessId process) override {
    machine_.switch_to(process);
    keep();
  }
  void exit() override {
    machine_.exit();
    keep();
  }
  std::uint64_t touches() const override { return machine_.touches(); }
  void stop_at(std::uint64_t touch) override { machine_.stop_at(touch); }
  sim::Observation observe() override { return machine_.observe(); }
  sim::FileBytes bytes_of(std::string_view name, sim::Truth truth, sim::FileOffset from,
                          sim::Bytes length) override {
    return machine_.bytes_of(name, truth, from, length);
  }

 private:
  void keep() { moments_.insert_or_assign(machine_.touches(), machine_); }
  template <class T>
  T kept(T result) {
    keep();
    return result;
  }
  std::uint64_t rest_of_page(sim::VirtAddr at) const {
    const std::uint64_t page = machine_.page_size().count;
    return page - at.index % page;
  }

  sim::Machine machine_;
  std::map<std::uint64_t, sim::Machine> moments_;
};

}  // namespace viz_tests
