// The machine's calls: each does its work and then tells that it returned.

#include "sim/machine.h"

#include <algorithm>
#include <limits>

#include "sim/core/check.h"
#include "sim/kernel/file_calls.h"
#include "sim/kernel/file_io.h"
#include "sim/kernel/memory_calls.h"
#include "sim/kernel/observe.h"
#include "sim/kernel/process.h"
#include "sim/kernel/timers.h"

namespace sim {

Machine::Machine(const MachineConfig& config) : config_(config), kernel_(config) {
  SIM_CHECK(!problem_with(config));
}

void Machine::tell(SystemCall call, std::uint32_t object, int error, Bytes moved) {
  const auto most = std::uint64_t{std::numeric_limits<std::uint32_t>::max()};
  kernel_.events.emit(Event{.touch = kernel_.events.touches(),
                            .page = {object, 0},
                            .count = static_cast<std::uint32_t>(std::min(moved.count, most)),
                            .kind = EventKind::system_call,
                            .operand = static_cast<std::uint8_t>(call),
                            .detail = static_cast<std::uint16_t>(error)});
}

std::uint32_t Machine::object_of(Fd fd) {
  const OpenDescription* descriptor = kernel_.files.find(fd);
  return descriptor == nullptr ? kNoObject : descriptor->file;
}

std::uint32_t Machine::object_of(std::string_view name) {
  const Inode* inode = kernel_.files.find(name);
  return inode == nullptr ? kNoObject : inode->object;
}

Result<Fd> Machine::open(std::string_view name, OpenFlags flags) {
  const Result<Fd> fd = open_file(kernel_, name, flags);
  tell(SystemCall::open, fd ? object_of(*fd) : kNoObject, fd.error());
  return fd;
}

Status Machine::close(Fd fd) {
  const std::uint32_t object = object_of(fd);
  const Status status = close_file(kernel_, fd);
  tell(SystemCall::close, object, status.error());
  return status;
}

Result<FileOffset> Machine::lseek(Fd fd, std::int64_t offset, Whence whence) {
  const Result<FileOffset> position = seek(kernel_, fd, offset, whence);
  tell(SystemCall::lseek, object_of(fd), position.error());
  return position;
}

Result<Bytes> Machine::read(Fd fd, MemoryBuffer buffer) {
  const Result<Bytes> moved = read_file(kernel_, fd, buffer);
  tell(SystemCall::read, object_of(fd), moved.error(), moved ? *moved : Bytes{0});
  return moved;
}

Result<Bytes> Machine::read(Fd fd, std::span<std::byte> into) {
  const Result<Bytes> moved = read_file(kernel_, fd, into);
  tell(SystemCall::read, object_of(fd), moved.error(), moved ? *moved : Bytes{0});
  return moved;
}

Result<Bytes> Machine::write(Fd fd, MemoryBuffer buffer) {
  const Result<Bytes> moved = write_file(kernel_, fd, buffer);
  tell(SystemCall::write, object_of(fd), moved.error(), moved ? *moved : Bytes{0});
  return moved;
}

Result<Bytes> Machine::write(Fd fd, std::span<const std::byte> from) {
  const Result<Bytes> moved = write_file(kernel_, fd, from);
  tell(SystemCall::write, object_of(fd), moved.error(), moved ? *moved : Bytes{0});
  return moved;
}

Status Machine::ftruncate(Fd fd, Bytes size) {
  const Status status = truncate_file(kernel_, fd, size);
  tell(SystemCall::ftruncate, object_of(fd), status.error());
  return status;
}

Status Machine::fsync(Fd fd) {
  const Status status = sync_file(kernel_, fd);
  tell(SystemCall::fsync, object_of(fd), status.error());
  return status;
}

Result<FileStat> Machine::fstat(Fd fd) {
  const std::uint32_t object = object_of(fd);
  if (object == kNoObject) {
    tell(SystemCall::fstat, kNoObject, EBADF);
    return Errno{EBADF};
  }
  tell(SystemCall::fstat, object, 0);
  return FileStat{kernel_.files.inode(object).size, object};
}

Result<FileStat> Machine::stat(std::string_view name) {
  const std::uint32_t object = object_of(name);
  const int error = is_plain_name(name) ? ENOENT : EINVAL;
  if (object == kNoObject) {
    tell(SystemCall::fstat, kNoObject, error);
    return Errno{error};
  }
  tell(SystemCall::fstat, object, 0);
  return FileStat{kernel_.files.inode(object).size, object};
}

Status Machine::unlink(std::string_view name) {
  const std::uint32_t object = object_of(name);
  const Status status = unlink_file(kernel_, name);
  tell(SystemCall::unlink, object, status.error());
  return status;
}

Status Machine::rename(std::string_view from, std::string_view to) {
  const std::uint32_t object = object_of(from);
  const Status status = rename_file(kernel_, from, to);
  tell(SystemCall::rename, object, status.error());
  return status;
}

std::vector<std::string> Machine::list_files() {
  std::vector<std::string> names;
  for (const auto& [name, _] : kernel_.files.names()) names.push_back(name);
  return names;
}

Result<Mapping> Machine::mmap(const MapRequest& request) {
  const Result<Mapping> mapping = map_memory(kernel_, request);
  tell(SystemCall::mmap, mapping ? mapping->object : kNoObject, mapping.error());
  return mapping;
}

Status Machine::munmap(VirtAddr address, Bytes length) {
  const std::uint32_t object = object_at(kernel_, address);
  const Status status = unmap_memory(kernel_, address, length);
  tell(SystemCall::munmap, object, status.error());
  return status;
}

Status Machine::mprotect(VirtAddr address, Bytes length, Protection protection) {
  const Status status = protect_memory(kernel_, address, length, protection);
  tell(SystemCall::mprotect, object_at(kernel_, address), status.error());
  return status;
}

Status Machine::msync(VirtAddr address, Bytes length) {
  const Status status = sync_memory(kernel_, address, length);
  tell(SystemCall::msync, object_at(kernel_, address), status.error());
  return status;
}

Status Machine::madvise(VirtAddr address, Bytes length, Advice advice) {
  const Status status = advise_memory(kernel_, address, length, advice);
  tell(SystemCall::madvise, object_at(kernel_, address), status.error());
  return status;
}

Outcome Machine::load(VirtAddr address, std::span<std::byte> into) {
  return load_bytes(kernel_, address, into, 0);
}

Outcome Machine::store(VirtAddr address, std::span<const std::byte> from) {
  return store_bytes(kernel_, address, from, 0);
}

Outcome Machine::for_each(std::span<const Operand> operands, std::uint64_t count,
                          ElementLoop& loop) {
  return walk_elements(kernel_, operands, count, loop, chunking_);
}

Result<Forked> Machine::fork() {
  Result<Forked> forked = fork_process(kernel_);
  if (!forked) {
    tell(SystemCall::fork, kNoObject, forked.error());
  } else {
    kernel_.events.emit(fork_event(*forked, kernel_.events.touches()));
  }
  return forked;
}

void Machine::switch_to(ProcessId process) {
  if (process == kernel_.running) return;
  switch_process(kernel_, process);
  kernel_.events.emit(EventKind::process_switch, {kNoObject, 0}, 0, process.number);
}

void Machine::exit() {
  exit_program(kernel_);
  tell(SystemCall::exit, kNoObject, 0);
}

void Machine::stop_at(std::uint64_t touch) {
  kernel_.stop_touch = touch;
  reset_alarm(kernel_);
}

void Machine::foresee(const std::vector<KernelWrite>& writes) {
  kernel_.foreseen.assign(writes.begin(), writes.end());
  reset_alarm(kernel_);
}

Observation Machine::observe() {
  write_what_was_foreseen(kernel_, Noticed::at_look);
  return sim::observe(kernel_);
}

FileBytes Machine::bytes_of(std::string_view name, Truth truth, FileOffset from, Bytes length) {
  return sim::bytes_of(kernel_, name, truth, from, length);
}

}  // namespace sim
