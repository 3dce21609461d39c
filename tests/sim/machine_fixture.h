// A machine and the events it told, for tests.

#pragma once

#include <csignal>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sim/machine.h"

namespace sim {

// A small machine unless told otherwise: pages of 64 bytes, so that tests fill them at a glance.
inline MachineConfig small_config(std::uint64_t frames = 64) {
  MachineConfig config;
  config.page_size = Bytes{64};
  config.frames = Pages{frames};
  config.swap_pages = Pages{256};
  config.levels = PageTableShape{{4, 4, 4}};
  return config;
}

class TestMachine {
 public:
  explicit TestMachine(const MachineConfig& config = small_config())
      : machine_(config), stream_(log_) {
    machine_.attach(&stream_);
  }

  Machine* operator->() { return &machine_; }
  Machine& operator*() { return machine_; }

  const std::vector<Event>& events() {
    stream_.flush();
    return log_.events();
  }
  void forget_events() {
    stream_.flush();
    log_.clear();
  }

  // The kinds of all events but system calls, in order.
  std::vector<EventKind> kinds() {
    std::vector<EventKind> kinds;
    for (const Event& event : events()) {
      if (event.kind != EventKind::system_call) kinds.push_back(event.kind);
    }
    return kinds;
  }
  std::uint64_t count(EventKind kind) {
    std::uint64_t n = 0;
    for (const Event& event : events()) n += event.kind == kind ? 1 : 0;
    return n;
  }
  std::vector<std::byte> bytes(std::string_view name, Truth truth) {
    return machine_.bytes_of(name, truth, FileOffset{0}, Bytes{1 << 20}).bytes.value();
  }

  // Anonymous memory, or a mapping of a whole file, readable and writable.
  Mapping map_memory(std::uint64_t length) {
    return *machine_.mmap({.length = Bytes{length}, .protection = {.write = true}});
  }
  Mapping map_file(std::string_view name, Sharing sharing) {
    const Fd fd = *machine_.open(name, {.access = OpenAccess::read_write});
    const Bytes size = machine_.fstat(fd)->size;
    return *machine_.mmap(
        {.file = fd, .length = size, .protection = {.write = true}, .sharing = sharing});
  }

  Outcome load(VirtAddr at) {
    std::byte byte{};
    return machine_.load(at, {&byte, 1});
  }
  Outcome store(VirtAddr at, int value = 1) {
    const auto byte = static_cast<std::byte>(value);
    return machine_.store(at, {&byte, 1});
  }
  int byte_at(VirtAddr at) {
    std::byte byte{};
    (void)machine_.load(at, {&byte, 1});
    return std::to_integer<int>(byte);
  }

 private:
  Machine machine_;
  EventLog log_;
  EventStream stream_;
};

}  // namespace sim
