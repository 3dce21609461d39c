// What a random program may do.

#include "tests/real/random_calls.h"

#include <cstring>
#include <vector>

#include "sim/core/check.h"

namespace real {
namespace {

constexpr sim::Bytes kPageBytes{4096};
constexpr sim::Protection kBoth{true, true};

class Sum final : public sim::ElementLoop {
 public:
  void run(std::byte* const* pointers, std::uint64_t n) override {
    for (std::uint64_t i = 0; i < n; ++i) {
      std::uint64_t a = 0;
      std::uint64_t b = 0;
      std::memcpy(&a, pointers[0] + 40 * i, 8);
      std::memcpy(&b, pointers[1] + 24 * i, 8);
      a += b + 1;
      std::memcpy(pointers[2] + 40 * i, &a, 8);
    }
  }
};

std::string told(const sim::Outcome& outcome) {
  return outcome.is_done() ? "done" : "signal " + std::to_string(outcome.signal);
}
std::string told(const sim::Status& status) { return "errno " + std::to_string(status.error()); }
std::string told(const sim::Result<sim::Bytes>& moved) {
  return moved.ok() ? std::to_string(moved->count) : "errno " + std::to_string(moved.error());
}
// FNV-1a: enough to see that two computers read the same.
std::string told(std::span<const std::byte> bytes) {
  std::uint64_t hash = 14695981039346656037u;
  for (const std::byte b : bytes) hash = (hash ^ static_cast<std::uint64_t>(b)) * 1099511628211u;
  return std::to_string(hash);
}

}  // namespace

void RandomCalls::start() {
  file_ = *computer_->open("data", {sim::OpenAccess::read_write, false, false, false, false});
  other_ = *computer_->open("other", {sim::OpenAccess::read_write, true, false, true, false});
  shared_ = map_file(sim::Sharing::shared);
  again_ = map_file(sim::Sharing::shared);
  private_ = map_file(sim::Sharing::private_copy);
  memory_ = *computer_->mmap({.length = sim::Bytes{kMemoryPages * 4096}, .protection = kBoth});
}

std::string RandomCalls::step() {
  switch (rng_.below(14)) {
    case 0:
    case 1:
    case 2: return "load " + load();
    case 3:
    case 4:
    case 5: return "store " + store();
    case 6: return "read " + read();
    case 7: return "write " + write();
    case 8:
    case 9: return "loop " + loop();
    case 10: return "host write " + host_write();
    case 11: return "host read " + host_read();
    case 12: return "flush " + flush();
    default: return "rarely " + rarely();
  }
}

sim::Mapping RandomCalls::map_file(sim::Sharing sharing) {
  return *computer_->mmap({.file = file_,
                           .length = sim::Bytes{kFilePages * 4096},
                           .protection = kBoth,
                           .sharing = sharing});
}

// A place at least `room` bytes before the end of some mapping.
sim::VirtAddr RandomCalls::place(std::uint64_t room) {
  const sim::Mapping* all[] = {&shared_, &again_, &private_, &memory_};
  const std::uint64_t which = rng_.below(4);
  const std::uint64_t pages = which == 3 ? kMemoryPages : kFilePages;
  last_mapping_ = which;
  last_offset_ = rng_.below(pages * 4096 - room);
  return all[which]->base + sim::Bytes{last_offset_};
}

std::span<std::byte> RandomCalls::some_bytes(std::uint64_t most) {
  const auto bytes = std::span(bytes_).first(1 + rng_.below(most));
  for (std::byte& b : bytes) b = static_cast<std::byte>(rng_.below(256));
  return bytes;
}

std::uint64_t RandomCalls::seek(sim::Fd fd, std::uint64_t pages) {
  const std::uint64_t to = rng_.below(pages * 4096);
  (void)computer_->lseek(fd, static_cast<std::int64_t>(to), sim::Whence::set);
  return to;
}

std::string RandomCalls::load() {
  const std::uint64_t n = 1 + rng_.below(6000);
  const auto into = std::span(bytes_).first(n);
  const std::string ended = told(computer_->load(place(n), into));
  return ended == "done" ? told(into) : ended;
}

std::string RandomCalls::store() {
  const auto bytes = some_bytes(100);
  return told(computer_->store(place(bytes.size()), bytes));
}

// Not from a page of the file into the same page: how such a copy ends is nobody's promise.
std::string RandomCalls::read() {
  const std::uint64_t position = seek(file_, kFilePages);
  const sim::VirtAddr into = place(9000);
  const bool is_shared = last_mapping_ < 2;
  if (is_shared && last_offset_ < position + 16384 && position < last_offset_ + 16384) return "";
  return told(computer_->read(file_, {into, sim::Bytes{1 + rng_.below(9000)}}));
}

std::string RandomCalls::write() {
  const std::uint64_t to = seek(other_, 8);
  const sim::VirtAddr from = place(9000);
  const sim::Bytes length{1 + rng_.below(9000)};
  return "at " + std::to_string(to) + ": " + told(computer_->write(other_, {from, length}));
}

std::string RandomCalls::host_write() {
  const bool inside = rng_.below(2) == 0;
  const std::uint64_t to = seek(inside ? file_ : other_, inside ? kFilePages - 1 : 8);
  const auto bytes = std::span<const std::byte>(some_bytes(4096));
  return (inside ? "file at " : "other at ") + std::to_string(to) + ": " +
         told(computer_->write(inside ? file_ : other_, bytes));
}

std::string RandomCalls::host_read() {
  const bool inside = rng_.below(2) == 0;
  const std::uint64_t from = seek(inside ? file_ : other_, inside ? kFilePages : 8);
  const auto into = std::span(bytes_).first(1 + rng_.below(9000));
  const auto moved = computer_->read(inside ? file_ : other_, into);
  const std::string what = (inside ? "file at " : "other at ") + std::to_string(from) + ": ";
  return what + (moved.ok() ? told(into.first(moved->count)) : told(moved));
}

std::string RandomCalls::loop() {
  Sum sum;
  const std::uint64_t n = 1 + rng_.below(200);
  const sim::VirtAddr a = place(40 * 200 + 8);
  const sim::VirtAddr b = place(24 * 200 + 8);
  const sim::Operand operands[] = {
      {a, 40, 8, sim::Access::read}, {b, 24, 8, sim::Access::read}, {a, 40, 8, sim::Access::write}};
  return told(computer_->for_each(operands, n, sum));
}

std::string RandomCalls::flush() {
  const std::uint64_t first = rng_.below(kFilePages);
  const sim::Bytes length{4096 * (1 + rng_.below(kFilePages - first))};
  return told(computer_->msync(shared_.base + sim::Bytes{first * 4096}, length));
}

std::string RandomCalls::rarely() {
  switch (rng_.below(9)) {
    case 0: return "fsync " + told(computer_->fsync(rng_.below(2) == 0 ? file_ : other_));
    case 1: {
      const auto gone = computer_->munmap(again_.base, sim::Bytes{kFilePages * 4096});
      again_ = map_file(sim::Sharing::shared);
      return told(gone);
    }
    case 2: {
      const sim::Bytes page{4096 * rng_.below(kMemoryPages)};
      return told(computer_->madvise(memory_.base + page, kPageBytes, sim::Advice::dont_need));
    }
    case 3: {
      const sim::Bytes page{4096 * rng_.below(kFilePages)};
      return told(computer_->madvise(private_.base + page, kPageBytes, sim::Advice::dont_need));
    }
    case 4:
    case 5: {
      const sim::Bytes size{rng_.below(8 * 4096)};
      return "cut other to " + std::to_string(size.count) + ": " +
             told(computer_->ftruncate(other_, size));
    }
    case 6: return resize_file();
    case 7: return replace_file();
    default: return remap_private();
  }
}

// The mapped file grows and shrinks: pages beyond its end are signals.
std::string RandomCalls::resize_file() {
  const std::uint64_t size = (kFilePages - 6) * 4096 + rng_.below(6 * 4096);
  return "cut file to " + std::to_string(size) + ": " +
         told(computer_->ftruncate(file_, sim::Bytes{size}));
}

// The name goes, or goes to another file; the maps of the old file live on.
std::string RandomCalls::replace_file() {
  const std::string name = "new" + std::to_string(names_++);
  const auto made = computer_->open(name, {sim::OpenAccess::read_write, true, false, true, false});
  if (!made.ok()) return "errno " + std::to_string(made.error());
  std::string text = "new file: " + told(computer_->write(*made, some_bytes(4096))) + " ";
  text += told(rng_.below(2) == 0 ? computer_->rename(name, "data") : computer_->unlink(name));
  return text + told(computer_->close(*made));
}

std::string RandomCalls::remap_private() {
  const auto gone = computer_->munmap(private_.base, sim::Bytes{kFilePages * 4096});
  private_ = map_file(sim::Sharing::private_copy);
  return told(gone);
}

}  // namespace real
