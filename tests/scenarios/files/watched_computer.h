// A computer that writes down the calls a program makes on its files, in the words of
// record_system_calls.py, and otherwise is the computer behind it.

#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "sim/core/computer.h"

namespace numpy {

class WatchedComputer final : public sim::Computer {
 public:
  explicit WatchedComputer(sim::Computer& behind) : behind_(behind) {}

  const std::vector<std::string>& calls() const { return calls_; }

  sim::Bytes page_size() const override { return behind_.page_size(); }

  sim::Result<sim::Fd> open(std::string_view name, sim::OpenFlags flags) override {
    const auto fd = behind_.open(name, flags);
    if (fd.ok()) {
      tell("open " + std::string(name));
      positions_[fd->number] = 0;
    }
    return fd;
  }
  sim::Status close(sim::Fd fd) override {
    const sim::Status closed = behind_.close(fd);
    if (closed.ok()) tell("close");
    return closed;
  }
  sim::Result<sim::FileOffset> lseek(sim::Fd fd, std::int64_t offset, sim::Whence whence) override {
    const auto moved = behind_.lseek(fd, offset, whence);
    if (moved.ok() && positions_[fd.number] != moved->index) {
      positions_[fd.number] = moved->index;
      tell("seek " + std::to_string(moved->index));
    }
    return moved;
  }
  sim::Result<sim::Bytes> read(sim::Fd fd, sim::MemoryBuffer into) override {
    return moved("read", fd, behind_.read(fd, into));
  }
  sim::Result<sim::Bytes> read(sim::Fd fd, std::span<std::byte> into) override {
    return moved("read", fd, behind_.read(fd, into));
  }
  sim::Result<sim::Bytes> write(sim::Fd fd, sim::MemoryBuffer from) override {
    return moved("write", fd, behind_.write(fd, from));
  }
  sim::Result<sim::Bytes> write(sim::Fd fd, std::span<const std::byte> from) override {
    return moved("write", fd, behind_.write(fd, from));
  }
  sim::Status ftruncate(sim::Fd fd, sim::Bytes size) override {
    tell("truncate " + std::to_string(size.count));
    return behind_.ftruncate(fd, size);
  }
  sim::Status fsync(sim::Fd fd) override {
    tell("fsync");
    return behind_.fsync(fd);
  }
  sim::Result<sim::FileStat> fstat(sim::Fd fd) override { return behind_.fstat(fd); }
  sim::Result<sim::FileStat> stat(std::string_view name) override { return behind_.stat(name); }
  sim::Status unlink(std::string_view name) override { return behind_.unlink(name); }
  sim::Status rename(std::string_view from, std::string_view to) override {
    return behind_.rename(from, to);
  }
  std::vector<std::string> list_files() override { return behind_.list_files(); }

  sim::Result<sim::Mapping> mmap(const sim::MapRequest& request) override {
    const auto mapping = behind_.mmap(request);
    if (!request.file || !mapping.ok()) return mapping;
    maps_.insert(mapping->base.index);
    tell("mmap " + std::to_string(request.length.count) +
         (request.sharing == sim::Sharing::shared ? " shared " : " private ") +
         (request.protection.write ? "rw " : "r ") + std::to_string(request.offset.index));
    return mapping;
  }
  sim::Status munmap(sim::VirtAddr base, sim::Bytes length) override {
    if (maps_.erase(base.index) > 0) tell("munmap " + std::to_string(length.count));
    return behind_.munmap(base, length);
  }
  sim::Status mprotect(sim::VirtAddr base, sim::Bytes length, sim::Protection p) override {
    return behind_.mprotect(base, length, p);
  }
  sim::Status msync(sim::VirtAddr base, sim::Bytes length) override {
    tell("msync " + std::to_string(length.count));
    return behind_.msync(base, length);
  }
  sim::Status madvise(sim::VirtAddr base, sim::Bytes length, sim::Advice advice) override {
    return behind_.madvise(base, length, advice);
  }

  sim::Outcome load(sim::VirtAddr at, std::span<std::byte> into) override {
    return behind_.load(at, into);
  }
  sim::Outcome store(sim::VirtAddr at, std::span<const std::byte> from) override {
    return behind_.store(at, from);
  }
  sim::Outcome for_each(std::span<const sim::Operand> operands, std::uint64_t count,
                        sim::ElementLoop& loop) override {
    return behind_.for_each(operands, count, loop);
  }
  sim::Result<sim::Forked> fork() override { return behind_.fork(); }
  void switch_to(sim::ProcessId process) override { behind_.switch_to(process); }
  void exit() override { behind_.exit(); }
  std::uint64_t touches() const override { return behind_.touches(); }
  void stop_at(std::uint64_t touch) override { behind_.stop_at(touch); }
  sim::Observation observe() override { return behind_.observe(); }
  sim::FileBytes bytes_of(std::string_view name, sim::Truth truth, sim::FileOffset from,
                          sim::Bytes length) override {
    return behind_.bytes_of(name, truth, from, length);
  }

 private:
  void tell(std::string call) { calls_.push_back(std::move(call)); }
  sim::Result<sim::Bytes> moved(const char* call, sim::Fd fd, sim::Result<sim::Bytes> result) {
    if (result.ok()) {
      positions_[fd.number] += result->count;
      tell(std::string(call) + " " + std::to_string(result->count));
    }
    return result;
  }

  sim::Computer& behind_;
  std::vector<std::string> calls_;
  std::map<int, std::uint64_t> positions_;
  std::set<std::uint64_t> maps_;
};

}  // namespace numpy
