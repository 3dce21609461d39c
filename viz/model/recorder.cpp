// Writes down each call, then makes it.

#include "viz/model/recorder.h"

#include <algorithm>
#include <array>

namespace viz {
namespace {

using namespace sim;

bool is_stored_to(const Operand& operand) { return operand.access == Access::write; }

// Whether a later element may store over what an earlier one stored.
bool stores_may_overlap(std::span<const Operand> operands) {
  std::size_t stored_to = 0;
  for (const Operand& operand : operands) {
    if (!is_stored_to(operand)) continue;
    const auto size = static_cast<std::int64_t>(operand.size);
    if (++stored_to > 1 || (operand.stride < size && operand.stride > -size)) return true;
  }
  return false;
}

// Runs a loop and keeps what it stored, element by element, in the order of the operands.
class CapturingLoop final : public ElementLoop {
 public:
  CapturingLoop(ElementLoop& loop, std::span<const Operand> operands,
                std::vector<std::byte>& stored)
      : loop_(loop),
        operands_(operands),
        stored_(stored),
        one_by_one_(stores_may_overlap(operands)) {}

  void run(std::byte* const* pointers, std::uint64_t n) override {
    if (!one_by_one_) loop_.run(pointers, n);
    for (std::uint64_t i = 0; i < n; ++i) {
      std::array<std::byte*, kMostOperands> element;
      for (std::size_t j = 0; j < operands_.size(); ++j) {
        element[j] = pointers[j] + static_cast<std::int64_t>(i) * operands_[j].stride;
      }
      if (one_by_one_) loop_.run(element.data(), 1);
      for (std::size_t j = 0; j < operands_.size(); ++j) {
        if (!is_stored_to(operands_[j])) continue;
        stored_.insert(stored_.end(), element[j], element[j] + operands_[j].size);
      }
    }
  }

 private:
  ElementLoop& loop_;
  std::span<const Operand> operands_;
  std::vector<std::byte>& stored_;
  bool one_by_one_;
};

}  // namespace

void Recorder::begin(Operation operation) {
  between_();
  log_.put(static_cast<std::uint64_t>(operation));
}

void Recorder::put_address(VirtAddr address) { log_.put(address.index); }

void Recorder::put_buffer(MemoryBuffer buffer) {
  put_address(buffer.base);
  log_.put(buffer.length.count);
}

Result<Fd> Recorder::open(std::string_view name, OpenFlags flags) {
  begin(Operation::open);
  log_.put_text(name);
  log_.put(static_cast<std::uint64_t>(flags.access));
  log_.put((flags.create ? 1u : 0u) | (flags.exclusive ? 2u : 0u) | (flags.truncate ? 4u : 0u) |
           (flags.append ? 8u : 0u));
  return machine_.open(name, flags);
}

Status Recorder::close(Fd fd) {
  begin(Operation::close);
  put(fd);
  return machine_.close(fd);
}

Result<FileOffset> Recorder::lseek(Fd fd, std::int64_t offset, Whence whence) {
  begin(Operation::lseek);
  put(fd);
  log_.put_signed(offset);
  log_.put(static_cast<std::uint64_t>(whence));
  return machine_.lseek(fd, offset, whence);
}

Result<Bytes> Recorder::read(Fd fd, MemoryBuffer into) {
  begin(Operation::read_to_memory);
  put(fd);
  put_buffer(into);
  return machine_.read(fd, into);
}

Result<Bytes> Recorder::read(Fd fd, std::span<std::byte> into) {
  begin(Operation::read);
  put(fd);
  log_.put(into.size());
  return machine_.read(fd, into);
}

Result<Bytes> Recorder::write(Fd fd, MemoryBuffer from) {
  begin(Operation::write_from_memory);
  put(fd);
  put_buffer(from);
  return machine_.write(fd, from);
}

Result<Bytes> Recorder::write(Fd fd, std::span<const std::byte> from) {
  begin(Operation::write);
  put(fd);
  log_.put(from.size());
  log_.put_content(from);
  return machine_.write(fd, from);
}

Status Recorder::ftruncate(Fd fd, Bytes size) {
  begin(Operation::ftruncate);
  put(fd);
  log_.put(size.count);
  return machine_.ftruncate(fd, size);
}

Status Recorder::fsync(Fd fd) {
  begin(Operation::fsync);
  put(fd);
  return machine_.fsync(fd);
}

Result<FileStat> Recorder::fstat(Fd fd) {
  begin(Operation::fstat);
  put(fd);
  return machine_.fstat(fd);
}

Result<FileStat> Recorder::stat(std::string_view name) {
  begin(Operation::stat);
  log_.put_text(name);
  return machine_.stat(name);
}

Status Recorder::unlink(std::string_view name) {
  begin(Operation::unlink);
  log_.put_text(name);
  return machine_.unlink(name);
}

Status Recorder::rename(std::string_view from, std::string_view to) {
  begin(Operation::rename);
  log_.put_text(from);
  log_.put_text(to);
  return machine_.rename(from, to);
}

Result<Mapping> Recorder::mmap(const MapRequest& request) {
  begin(Operation::mmap);
  log_.put(request.file ? 1 : 0);
  if (request.file) put(*request.file);
  log_.put(request.offset.index);
  log_.put(request.length.count);
  log_.put((request.protection.read ? 1u : 0u) | (request.protection.write ? 2u : 0u));
  log_.put(static_cast<std::uint64_t>(request.sharing));
  return machine_.mmap(request);
}

Status Recorder::munmap(VirtAddr base, Bytes length) {
  begin(Operation::munmap);
  put_buffer({base, length});
  return machine_.munmap(base, length);
}

Status Recorder::mprotect(VirtAddr base, Bytes length, Protection protection) {
  begin(Operation::mprotect);
  put_buffer({base, length});
  log_.put((protection.read ? 1u : 0u) | (protection.write ? 2u : 0u));
  return machine_.mprotect(base, length, protection);
}

Status Recorder::msync(VirtAddr base, Bytes length) {
  begin(Operation::msync);
  put_buffer({base, length});
  return machine_.msync(base, length);
}

Status Recorder::madvise(VirtAddr base, Bytes length, Advice advice) {
  begin(Operation::madvise);
  put_buffer({base, length});
  log_.put(static_cast<std::uint64_t>(advice));
  return machine_.madvise(base, length, advice);
}

Outcome Recorder::load(VirtAddr address, std::span<std::byte> into) {
  begin(Operation::load);
  put_buffer({address, Bytes{into.size()}});
  return machine_.load(address, into);
}

Outcome Recorder::store(VirtAddr address, std::span<const std::byte> from) {
  begin(Operation::store);
  put_buffer({address, Bytes{from.size()}});
  log_.put_content(from);
  return machine_.store(address, from);
}

Outcome Recorder::for_each(std::span<const Operand> operands, std::uint64_t count,
                           ElementLoop& loop) {
  // How a loop is cut changes no touch (sim/core/computer.h).
  const std::uint64_t most =
      std::max<std::uint64_t>(1, kMostTouchesApart / std::max<std::size_t>(1, operands.size()));
  std::array<Operand, kMostOperands> rest;
  std::copy(operands.begin(), operands.end(), rest.begin());
  const std::span<Operand> left(rest.data(), operands.size());
  std::uint64_t pieces = 0;
  for (std::uint64_t done = 0; done < count; ++pieces) {
    std::uint64_t n = std::min(most, count - done);
    if (machine_.touches() < divide_at_) {
      // An element makes at most two touches an operand.
      const std::uint64_t surely = (divide_at_ - machine_.touches()) / (2 * operands.size());
      n = std::min(n, std::max<std::uint64_t>(1, surely));
    }
    const Outcome outcome = piece(left, n, loop);
    if (!outcome.is_done()) return outcome;
    for (Operand& operand : left) {
      operand.base = VirtAddr{operand.base.index + n * static_cast<std::uint64_t>(operand.stride)};
    }
    done += n;
  }
  divisions_ += pieces - (count + most - 1) / most;
  return {};
}

Outcome Recorder::piece(std::span<const Operand> operands, std::uint64_t count, ElementLoop& loop) {
  begin(Operation::for_each);
  log_.put(operands.size());
  for (const Operand& operand : operands) {
    put_address(operand.base);
    log_.put_signed(operand.stride);
    log_.put(operand.size << 1 | (is_stored_to(operand) ? 1u : 0u));
  }
  log_.put(count);
  if (std::none_of(operands.begin(), operands.end(), is_stored_to)) {
    log_.put(0);
    return machine_.for_each(operands, count, loop);
  }
  std::vector<std::byte> stored;
  CapturingLoop capturing(loop, operands, stored);
  const Outcome outcome = machine_.for_each(operands, count, capturing);
  log_.put(stored.size());
  log_.put_content(stored);
  return outcome;
}

Result<Forked> Recorder::fork() {
  begin(Operation::fork);
  return machine_.fork();
}

void Recorder::switch_to(ProcessId process) {
  begin(Operation::switch_to);
  log_.put(process.number);
  machine_.switch_to(process);
}

void Recorder::exit() {
  begin(Operation::exit);
  machine_.exit();
}

}  // namespace viz
