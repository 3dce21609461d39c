// The computer as a program finds it. Once the running process was killed, or the run has come to
// the place where it is to stop, every call is refused, so that what the interpreter still does (it
// unwinds, it drops its objects: files would be written, mappings unmapped) changes nothing.

#pragma once

#include <cerrno>
#include <csignal>
#include <optional>

#include "scenarios/session/place_watch.h"
#include "sim/core/computer.h"

namespace session {

class StoppingComputer final : public sim::Computer {
 public:
  // Neither is owned. No watch: the run stops nowhere.
  StoppingComputer(sim::Computer& behind, std::optional<PlaceWatch>& watch)
      : behind_(behind), watch_(watch) {}

  sim::Bytes page_size() const override { return behind_.page_size(); }

  sim::Result<sim::Fd> open(std::string_view name, sim::OpenFlags flags) override {
    if (is_over()) return kRefused;
    return behind_.open(name, flags);
  }
  sim::Status close(sim::Fd fd) override {
    if (is_over()) return kRefused;
    return behind_.close(fd);
  }
  sim::Result<sim::FileOffset> lseek(sim::Fd fd, std::int64_t offset, sim::Whence whence) override {
    if (is_over()) return kRefused;
    return behind_.lseek(fd, offset, whence);
  }
  sim::Result<sim::Bytes> read(sim::Fd fd, sim::MemoryBuffer into) override {
    if (is_over()) return kRefused;
    return moved(into.length, behind_.read(fd, into));
  }
  sim::Result<sim::Bytes> read(sim::Fd fd, std::span<std::byte> into) override {
    if (is_over()) return kRefused;
    return ended_by(behind_.read(fd, into));
  }
  sim::Result<sim::Bytes> write(sim::Fd fd, sim::MemoryBuffer from) override {
    if (is_over()) return kRefused;
    return moved(from.length, behind_.write(fd, from));
  }
  sim::Result<sim::Bytes> write(sim::Fd fd, std::span<const std::byte> from) override {
    if (is_over()) return kRefused;
    return ended_by(behind_.write(fd, from));
  }
  sim::Status ftruncate(sim::Fd fd, sim::Bytes size) override {
    if (is_over()) return kRefused;
    return ended_by(behind_.ftruncate(fd, size));
  }
  sim::Status fsync(sim::Fd fd) override {
    if (is_over()) return kRefused;
    return behind_.fsync(fd);
  }
  sim::Result<sim::FileStat> fstat(sim::Fd fd) override {
    if (is_over()) return kRefused;
    return behind_.fstat(fd);
  }
  sim::Result<sim::FileStat> stat(std::string_view name) override {
    if (is_over()) return kRefused;
    return behind_.stat(name);
  }
  sim::Status unlink(std::string_view name) override {
    if (is_over()) return kRefused;
    return behind_.unlink(name);
  }
  sim::Status rename(std::string_view from, std::string_view to) override {
    if (is_over()) return kRefused;
    return behind_.rename(from, to);
  }
  std::vector<std::string> list_files() override { return behind_.list_files(); }

  sim::Result<sim::Mapping> mmap(const sim::MapRequest& request) override {
    if (is_over()) return kRefused;
    return behind_.mmap(request);
  }
  sim::Status munmap(sim::VirtAddr base, sim::Bytes length) override {
    if (is_over()) return kRefused;
    return behind_.munmap(base, length);
  }
  sim::Status mprotect(sim::VirtAddr base, sim::Bytes length, sim::Protection protection) override {
    if (is_over()) return kRefused;
    return behind_.mprotect(base, length, protection);
  }
  sim::Status msync(sim::VirtAddr base, sim::Bytes length) override {
    if (is_over()) return kRefused;
    return behind_.msync(base, length);
  }
  sim::Status madvise(sim::VirtAddr base, sim::Bytes length, sim::Advice advice) override {
    if (is_over()) return kRefused;
    return behind_.madvise(base, length, advice);
  }

  sim::Outcome load(sim::VirtAddr from, std::span<std::byte> into) override {
    return is_over() ? killed(from) : ended_by(behind_.load(from, into));
  }
  sim::Outcome store(sim::VirtAddr to, std::span<const std::byte> from) override {
    return is_over() ? killed(to) : ended_by(behind_.store(to, from));
  }
  sim::Outcome for_each(std::span<const sim::Operand> operands, std::uint64_t count,
                        sim::ElementLoop& loop) override {
    if (is_over()) return killed(sim::VirtAddr{});
    return ended_by(behind_.for_each(operands, count, loop));
  }

  sim::Result<sim::Forked> fork() override {
    if (is_over()) return kRefused;
    return behind_.fork();
  }
  void switch_to(sim::ProcessId process) override {
    is_killed_ = false;  // a killed process makes one more call, exit(), when its turn comes again
    behind_.switch_to(process);
  }
  void exit() override {
    if (!is_at_place()) behind_.exit();
  }
  std::uint64_t touches() const override { return behind_.touches(); }
  void stop_at(std::uint64_t touch) override { behind_.stop_at(touch); }
  sim::Observation observe() override { return behind_.observe(); }
  sim::FileBytes bytes_of(std::string_view name, sim::Truth truth, sim::FileOffset from,
                          sim::Bytes length) override {
    return behind_.bytes_of(name, truth, from, length);
  }

 private:
  // The interpreter repeats a call that failed with EINTR, and this one would never succeed.
  static constexpr sim::Errno kRefused{EIO};
  bool is_at_place() const { return watch_ && watch_->is_reached(); }
  bool is_over() const { return is_killed_ || is_at_place(); }
  // One touch was left, and the next piece takes two: the computer stopped before it.
  sim::Result<sim::Bytes> moved(sim::Bytes wanted, const sim::Result<sim::Bytes>& result) {
    const bool is_short = result.ok() ? *result < wanted : result.error() == EINTR;
    if (is_short && watch_ && watch_->touches_left() == 1) {
      watch_->stopped_before_piece();
    }
    return ended_by(result);
  }
  // read(), write() and ftruncate() have ENOMEM for a process that was killed for want of memory.
  template <class T>
  sim::Result<T> ended_by(const sim::Result<T>& result) {
    is_killed_ = !result.ok() && result.error() == ENOMEM;
    return result;
  }
  sim::Outcome ended_by(const sim::Outcome& outcome) {
    is_killed_ = !outcome.is_done();
    return outcome;
  }
  static sim::Outcome killed(sim::VirtAddr at) { return {SIGKILL, at}; }

  sim::Computer& behind_;
  std::optional<PlaceWatch>& watch_;
  bool is_killed_ = false;  // the running process
};

}  // namespace session
