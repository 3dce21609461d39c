// The other half of Recorder: reads each operation and makes it.

#include "viz/model/replay.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace viz {
namespace {

using namespace sim;

Protection protection_of(std::uint64_t bits) {
  return {.read = (bits & 1) != 0, .write = (bits & 2) != 0};
}

// How many of the bytes from `address` on lie in its page.
std::uint64_t rest_of_page(const Machine& machine, VirtAddr address) {
  const std::uint64_t page = machine.page_size().count;
  return page - address.index % page;
}

// Accesses page by page until the touches are used up. What was accessed.
template <class AccessPart>
std::uint64_t access_pages(Machine& machine, MemoryBuffer memory, std::uint64_t most_touches,
                           AccessPart access) {
  std::uint64_t done = 0;
  while (done < memory.length.count && machine.touches() < most_touches) {
    const VirtAddr at = memory.base + Bytes{done};
    const std::uint64_t n = std::min(memory.length.count - done, rest_of_page(machine, at));
    if (!access(at, done, n).is_done()) return memory.length.count;
    done += n;
  }
  return done;
}

// Stores what was stored then.
class RecordedLoop final : public ElementLoop {
 public:
  RecordedLoop(OperationReader& reader, std::span<const Operand> operands)
      : reader_(reader), operands_(operands) {}

  void run(std::byte* const* pointers, std::uint64_t n) override {
    for (std::uint64_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < operands_.size(); ++j) {
        const Operand& operand = operands_[j];
        if (operand.access != Access::write) continue;
        std::byte* to = pointers[j] + static_cast<std::int64_t>(i) * operand.stride;
        reader_.get_content(std::span(to, operand.size));
      }
    }
  }

 private:
  OperationReader& reader_;
  std::span<const Operand> operands_;
};

class NothingLoop final : public ElementLoop {
 public:
  void run(std::byte* const*, std::uint64_t) override {}
};

// The touches that one element makes at the most: each operand may straddle pages.
std::uint64_t most_touches_of(std::span<const Operand> operands, std::uint64_t page_size) {
  std::uint64_t touches = 0;
  for (const Operand& operand : operands) touches += (operand.size + page_size - 2) / page_size + 1;
  return touches;
}

void move_on(std::span<Operand> operands, std::uint64_t elements) {
  for (Operand& operand : operands) {
    operand.base =
        VirtAddr{operand.base.index + elements * static_cast<std::uint64_t>(operand.stride)};
  }
}

enum class Element { done, part, failed };

// What the last touch of an element is: operands that are read come first.
MemoryAccess last_access_of(std::span<const Operand> operands, std::uint64_t page_size) {
  const Operand* last = &operands.back();
  for (const Operand& operand : operands) {
    if (operand.access == Access::write || last->access == Access::read) last = &operand;
  }
  const std::uint64_t end = last->base.index + last->size;
  const std::uint64_t first = std::max(last->base.index, (end - 1) / page_size * page_size);
  return {VirtAddr{first}, end - first, last->access};
}

// The operands of one element in turn, as far as the touches go.
Element part_of_element(Machine& machine, std::span<const Operand> operands,
                        OperationReader& reader, std::uint64_t most_touches,
                        std::optional<MemoryAccess>& last) {
  std::array<std::byte, kLargestElement> bytes;
  for (const Access access : {Access::read, Access::write}) {
    for (const Operand& operand : operands) {
      if (operand.access != access) continue;
      const std::span<std::byte> element(bytes.data(), operand.size);
      if (access == Access::write) reader.get_content(element);
      Outcome outcome;
      const std::uint64_t done = access_pages(
          machine, {operand.base, Bytes{operand.size}}, most_touches,
          [&](VirtAddr at, std::uint64_t from, std::uint64_t n) {
            const auto part = element.subspan(from, n);
            last = MemoryAccess{at, n, access};
            outcome = access == Access::write ? machine.store(at, part) : machine.load(at, part);
            return outcome;
          });
      if (!outcome.is_done()) return Element::failed;
      if (done < operand.size) return Element::part;
    }
  }
  return Element::done;
}

}  // namespace

MemoryBuffer Replay::buffer() {
  const VirtAddr base{reader_.get()};
  return {base, Bytes{reader_.get()}};
}

Replay::Done Replay::step(Machine& machine, std::uint64_t most_touches) {
  const auto operation = static_cast<Operation>(reader_.get());
  operation_ = operation;
  last_access_.reset();
  switch (operation) {
    case Operation::load: return load(machine, most_touches);
    case Operation::store: return store(machine, most_touches);
    case Operation::for_each: return for_each(machine, most_touches);
    default: return call(machine, operation, most_touches);
  }
}

Replay::Done Replay::call(Machine& machine, Operation operation, std::uint64_t most_touches) {
  const bool can_touch = operation == Operation::read_to_memory || operation == Operation::read ||
                         operation == Operation::write_from_memory ||
                         operation == Operation::write || operation == Operation::ftruncate;
  if (!can_touch) {
    make_call(machine, operation);
    return Done::whole;
  }
  const Machine before = machine;
  make_call(machine, operation);
  if (machine.touches() <= most_touches) return Done::whole;
  machine = before;
  return Done::part;
}

void Replay::make_call(Machine& machine, Operation operation) {
  switch (operation) {
    case Operation::open: {
      const std::string name = reader_.get_text();
      const auto access = static_cast<OpenAccess>(reader_.get());
      const std::uint64_t bits = reader_.get();
      (void)machine.open(name, {.access = access,
                                .create = (bits & 1) != 0,
                                .exclusive = (bits & 2) != 0,
                                .truncate = (bits & 4) != 0,
                                .append = (bits & 8) != 0});
      return;
    }
    case Operation::close: (void)machine.close(fd()); return;
    case Operation::lseek: {
      const Fd file = fd();
      const std::int64_t offset = reader_.get_signed();
      (void)machine.lseek(file, offset, static_cast<Whence>(reader_.get()));
      return;
    }
    case Operation::read_to_memory: {
      const Fd file = fd();
      (void)machine.read(file, buffer());
      return;
    }
    case Operation::read: {
      const Fd file = fd();
      std::vector<std::byte> into(reader_.get());
      (void)machine.read(file, std::span(into));
      return;
    }
    case Operation::write_from_memory: {
      const Fd file = fd();
      (void)machine.write(file, buffer());
      return;
    }
    case Operation::write: {
      const Fd file = fd();
      std::vector<std::byte> bytes(reader_.get());
      reader_.get_content(bytes);
      (void)machine.write(file, std::span<const std::byte>(bytes));
      return;
    }
    case Operation::ftruncate: {
      const Fd file = fd();
      (void)machine.ftruncate(file, Bytes{reader_.get()});
      return;
    }
    default: make_other_call(machine, operation); return;
  }
}

void Replay::make_other_call(Machine& machine, Operation operation) {
  switch (operation) {
    case Operation::fsync: (void)machine.fsync(fd()); return;
    case Operation::fstat: (void)machine.fstat(fd()); return;
    case Operation::stat: (void)machine.stat(reader_.get_text()); return;
    case Operation::unlink: (void)machine.unlink(reader_.get_text()); return;
    case Operation::rename: {
      const std::string from = reader_.get_text();
      (void)machine.rename(from, reader_.get_text());
      return;
    }
    case Operation::mmap: {
      MapRequest request;
      if (reader_.get() != 0) request.file = fd();
      request.offset = FileOffset{reader_.get()};
      request.length = Bytes{reader_.get()};
      request.protection = protection_of(reader_.get());
      request.sharing = static_cast<Sharing>(reader_.get());
      (void)machine.mmap(request);
      return;
    }
    case Operation::munmap: {
      const MemoryBuffer memory = buffer();
      (void)machine.munmap(memory.base, memory.length);
      return;
    }
    case Operation::mprotect: {
      const MemoryBuffer memory = buffer();
      (void)machine.mprotect(memory.base, memory.length, protection_of(reader_.get()));
      return;
    }
    case Operation::msync: {
      const MemoryBuffer memory = buffer();
      (void)machine.msync(memory.base, memory.length);
      return;
    }
    case Operation::madvise: {
      const MemoryBuffer memory = buffer();
      (void)machine.madvise(memory.base, memory.length, static_cast<Advice>(reader_.get()));
      return;
    }
    case Operation::fork: (void)machine.fork(); return;
    case Operation::switch_to:
      machine.switch_to(ProcessId{static_cast<std::uint32_t>(reader_.get())});
      return;
    default: machine.exit(); return;
  }
}

Replay::Done Replay::load(Machine& machine, std::uint64_t most_touches) {
  const MemoryBuffer memory = buffer();
  std::array<std::byte, 4096> bytes;
  const std::uint64_t done =
      access_pages(machine, memory, most_touches, [&](VirtAddr at, std::uint64_t, std::uint64_t n) {
        last_access_ = MemoryAccess{at, n, Access::read};
        if (n <= bytes.size()) return machine.load(at, std::span(bytes.data(), n));
        std::vector<std::byte> large(n);
        return machine.load(at, large);
      });
  return done == memory.length.count ? Done::whole : Done::part;
}

Replay::Done Replay::store(Machine& machine, std::uint64_t most_touches) {
  const MemoryBuffer memory = buffer();
  const std::uint64_t after = reader_.content_place() + memory.length.count;
  std::vector<std::byte> bytes;
  const std::uint64_t done =
      access_pages(machine, memory, most_touches, [&](VirtAddr at, std::uint64_t, std::uint64_t n) {
        last_access_ = MemoryAccess{at, n, Access::write};
        bytes.resize(n);
        reader_.get_content(bytes);
        return machine.store(at, bytes);
      });
  reader_.skip_content_to(after);
  return done == memory.length.count ? Done::whole : Done::part;
}

Replay::Done Replay::for_each(Machine& machine, std::uint64_t most_touches) {
  std::array<Operand, kMostOperands> table;
  const std::span<Operand> operands(table.data(), reader_.get());
  for (Operand& operand : operands) {
    operand.base = VirtAddr{reader_.get()};
    operand.stride = reader_.get_signed();
    const std::uint64_t size = reader_.get();
    operand.size = static_cast<std::uint32_t>(size >> 1);
    operand.access = (size & 1) != 0 ? Access::write : Access::read;
  }
  std::uint64_t left = reader_.get();
  const std::uint64_t stored = reader_.get();
  const std::uint64_t after = reader_.content_place() + stored;
  RecordedLoop recorded(reader_, operands);
  NothingLoop nothing;
  ElementLoop& loop = stored != 0 ? static_cast<ElementLoop&>(recorded) : nothing;
  const std::uint64_t each = most_touches_of(operands, machine.page_size().count);
  Element last = Element::done;
  while (last == Element::done && left > 0) {
    const std::uint64_t room = most_touches - std::min(most_touches, machine.touches());
    const std::uint64_t n = std::min(left, room / each);
    if (n > 0) {
      last = machine.for_each(operands, n, loop).is_done() ? Element::done : Element::failed;
      move_on(operands, n - 1);
      last_access_ = last_access_of(operands, machine.page_size().count);
      move_on(operands, 1);
    } else {
      last = part_of_element(machine, operands, reader_, most_touches, last_access_);
      move_on(operands, 1);
    }
    left -= std::max<std::uint64_t>(n, 1);
  }
  reader_.skip_content_to(after);
  return last == Element::part ? Done::part : Done::whole;
}

}  // namespace viz
