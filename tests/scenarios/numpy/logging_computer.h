// A computer of plain memory, without files, that writes down every touch: which byte, read or
// written. Elements are handed to loops one at a time.

#pragma once

#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "sim/core/computer.h"

namespace numpy {

struct Touch {
  sim::VirtAddr address;
  sim::Access access = sim::Access::read;
};

class LoggingComputer final : public sim::Computer {
 public:
  std::vector<Touch> log;
  int live_mappings() const { return static_cast<int>(mappings_.size()); }

  sim::Bytes page_size() const override { return sim::Bytes(4096); }
  sim::Result<sim::Fd> open(std::string_view, sim::OpenFlags) override { return kNoFiles; }
  sim::Status close(sim::Fd) override { return kNoFiles; }
  sim::Result<sim::FileOffset> lseek(sim::Fd, std::int64_t, sim::Whence) override {
    return kNoFiles;
  }
  sim::Result<sim::Bytes> read(sim::Fd, sim::MemoryBuffer) override { return kNoFiles; }
  sim::Result<sim::Bytes> read(sim::Fd, std::span<std::byte>) override { return kNoFiles; }
  sim::Result<sim::Bytes> write(sim::Fd, sim::MemoryBuffer) override { return kNoFiles; }
  sim::Result<sim::Bytes> write(sim::Fd, std::span<const std::byte>) override { return kNoFiles; }
  sim::Status ftruncate(sim::Fd, sim::Bytes) override { return kNoFiles; }
  sim::Status fsync(sim::Fd) override { return kNoFiles; }
  sim::Result<sim::FileStat> fstat(sim::Fd) override { return kNoFiles; }
  sim::Result<sim::FileStat> stat(std::string_view) override { return kNoFiles; }
  sim::Status unlink(std::string_view) override { return kNoFiles; }
  sim::Status rename(std::string_view, std::string_view) override { return kNoFiles; }
  std::vector<std::string> list_files() override { return {}; }

  sim::Result<sim::Mapping> mmap(const sim::MapRequest& request) override {
    const sim::VirtAddr base(next_);
    next_ += request.length.count + 4096;
    mappings_[base.index].resize(request.length.count);
    return sim::Mapping{base, next_object_++};
  }
  sim::Status munmap(sim::VirtAddr base, sim::Bytes) override {
    mappings_.erase(base.index);
    return sim::done();
  }
  sim::Status mprotect(sim::VirtAddr, sim::Bytes, sim::Protection) override { return kNoFiles; }
  sim::Status msync(sim::VirtAddr, sim::Bytes) override { return kNoFiles; }
  sim::Status madvise(sim::VirtAddr, sim::Bytes, sim::Advice) override { return kNoFiles; }

  sim::Outcome load(sim::VirtAddr from, std::span<std::byte> into) override {
    std::byte* bytes = touch(from, sim::Access::read);
    if (bytes == nullptr) return {11, from};
    std::memcpy(into.data(), bytes, into.size());
    return {};
  }
  sim::Outcome store(sim::VirtAddr to, std::span<const std::byte> from) override {
    std::byte* bytes = touch(to, sim::Access::write);
    if (bytes == nullptr) return {11, to};
    std::memcpy(bytes, from.data(), from.size());
    return {};
  }
  sim::Outcome for_each(std::span<const sim::Operand> operands, std::uint64_t count,
                        sim::ElementLoop& loop) override {
    std::vector<std::byte*> pointers(operands.size());
    for (std::uint64_t i = 0; i < count; ++i) {
      for (std::size_t k = 0; k < operands.size(); ++k) {
        const auto offset = static_cast<std::uint64_t>(operands[k].stride) * i;
        const sim::VirtAddr at(operands[k].base.index + offset);
        pointers[k] = touch(at, operands[k].access);
        if (pointers[k] == nullptr) return {11, at};
      }
      loop.run(pointers.data(), 1);
    }
    return {};
  }

  sim::Result<sim::Forked> fork() override { return kNoFiles; }
  void switch_to(sim::ProcessId) override {}
  void exit() override {}
  std::uint64_t touches() const override { return log.size(); }
  void stop_at(std::uint64_t) override {}
  sim::Observation observe() override { return {}; }
  sim::FileBytes bytes_of(std::string_view, sim::Truth, sim::FileOffset, sim::Bytes) override {
    return {};
  }

 private:
  static constexpr sim::Errno kNoFiles{ENOSYS};

  std::byte* touch(sim::VirtAddr at, sim::Access access) {
    auto above = mappings_.upper_bound(at.index);
    if (above == mappings_.begin()) return nullptr;
    auto& [base, bytes] = *std::prev(above);
    if (at.index - base >= bytes.size()) return nullptr;
    log.push_back({at, access});
    return bytes.data() + (at.index - base);
  }

  std::uint64_t next_ = 1 << 20;
  std::uint32_t next_object_ = 0;
  std::map<std::uint64_t, std::vector<std::byte>> mappings_;
};

}  // namespace numpy
