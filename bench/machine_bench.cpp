// How fast the simulated machine is, and what a page costs: the figures the project promises.
//
// Every line is `name value unit`; ratios are taken in the same run, so that they hold on a slow or
// busy computer too. Times are CPU time of this process; each figure is the best of several rounds.

#include <malloc.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <memory>
#include <numeric>
#include <span>
#include <vector>

#include "sim/core/rng.h"
#include "sim/machine.h"

namespace {

using sim::Access;
using sim::Bytes;
using sim::VirtAddr;

constexpr std::uint64_t kPage = 4096;
constexpr int kRounds = 5;

double now() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

template <class F>
double best_seconds(F f) {
  double best = 1e9;
  for (int round = 0; round < kRounds; ++round) {
    const double start = now();
    f();
    best = std::min(best, now() - start);
  }
  return best;
}

// Counts events, so that they are made and handed over, and no more.
class Counter final : public sim::EventConsumer {
 public:
  void consume(std::span<const sim::Event> events) override { count += events.size(); }
  std::uint64_t count = 0;
};

sim::Mapping map(sim::Machine& machine, std::uint64_t pages) {
  return *machine.mmap({.length = Bytes{pages * kPage}, .protection = {.write = true}});
}

sim::Mapping map_file(sim::Machine& machine, const char* name, std::uint64_t pages) {
  const sim::Fd fd = *machine.open(name, {.access = sim::OpenAccess::read_write});
  return *machine.mmap({.file = fd,
                        .length = Bytes{pages * kPage},
                        .protection = {.write = true},
                        .sharing = sim::Sharing::shared});
}

void check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "this must hold: %s\n", what);
  std::exit(1);
}

void touch_every_page(sim::Machine& machine, VirtAddr base, std::uint64_t pages) {
  for (std::uint64_t page = 0; page < pages; ++page) {
    const std::uint64_t value = page;
    check(machine.store(base + Bytes{page * kPage}, std::as_bytes(std::span(&value, 1))).is_done(),
          "every page can be stored to");
  }
}

// What this computer's memory takes for the same loads with nothing simulated, seconds each: many
// at once, and each after the one before.
struct PlainLoads {
  double at_once = 0, one_by_one = 0;
};

PlainLoads plain_random_loads(const std::vector<std::uint32_t>& order, std::uint64_t pages) {
  std::vector<std::unique_ptr<std::byte[]>> blocks;
  for (std::uint64_t page = 0; page < pages; ++page) {
    blocks.push_back(std::make_unique<std::byte[]>(kPage));
  }
  std::uint64_t sum = 0;
  std::uint64_t last = 0;
  const auto load = [&](std::uint32_t place) {
    std::memcpy(&last, blocks[place / kPage].get() + place % kPage, sizeof last);
    sum += last;
  };
  const double at_once = best_seconds([&] {
    for (const std::uint32_t place : order) load(place);
  });
  // The blocks hold zeros, which the processor cannot know: it waits for each place.
  const double one_by_one = best_seconds([&] {
    for (const std::uint32_t place : order) load(place + static_cast<std::uint32_t>(last));
  });
  check(sum == 0, "the blocks hold zeros");
  const auto loads = static_cast<double>(order.size());
  return {at_once / loads, one_by_one / loads};
}

// `install` makes the pages, resident, and says where they are.
template <class Install>
void bench_random_loads(const char* name, Install install) {
  constexpr std::uint64_t kPages = 65536;
  constexpr std::uint64_t kTouches = 4'000'000;
  sim::Machine machine((sim::MachineConfig()));
  const VirtAddr base = install(machine, kPages);
  std::vector<std::uint32_t> order(kTouches);
  sim::Rng rng(1);
  for (std::uint32_t& place : order) {
    place = static_cast<std::uint32_t>(rng.below(kPages * kPage / 8) * 8);
  }
  Counter counter;
  sim::EventStream stream(counter);
  machine.attach(&stream);
  std::uint64_t sum = 0;
  const double seconds = best_seconds([&] {
    for (const std::uint32_t place : order) {
      std::uint64_t value = 0;
      (void)machine.load(base + Bytes{place}, std::as_writable_bytes(std::span(&value, 1)));
      sum += value;
    }
  });
  stream.flush();
  check(counter.count == kTouches * kRounds, "one event for each touch");
  const PlainLoads plain = plain_random_loads(order, kPages);
  std::printf("%-29s %8.1f Mtouch/s, %.1f ns each  (goal 20; checksum %llu)\n", name,
              static_cast<double>(kTouches) / seconds / 1e6, seconds / kTouches * 1e9,
              static_cast<unsigned long long>(sum % 1000));
  std::printf("%-29s %8.1f ns many at once, %.1f ns one after the other\n",
              "  plain loads of such bytes", plain.at_once * 1e9, plain.one_by_one * 1e9);
}

VirtAddr install_zeros(sim::Machine& machine, std::uint64_t pages) {
  check(machine.install_sparse_file("f", Bytes{pages * kPage}).ok(), "a file of holes");
  const VirtAddr base = map_file(machine, "f", pages).base;
  std::byte byte{};
  for (std::uint64_t page = 0; page < pages; ++page) {
    (void)machine.load(base + Bytes{page * kPage}, std::span(&byte, 1));
  }
  return base;
}

VirtAddr install_bytes(sim::Machine& machine, std::uint64_t pages) {
  const VirtAddr base = map(machine, pages).base;
  touch_every_page(machine, base, pages);
  return base;
}

void bench_same_page() {
  constexpr std::uint64_t kTouches = 10'000'000;
  sim::Machine machine((sim::MachineConfig()));
  const VirtAddr base = map(machine, 256).base;
  touch_every_page(machine, base, 256);
  Counter counter;
  sim::EventStream stream(counter);
  machine.attach(&stream);
  const double seconds = best_seconds([&] {
    for (std::uint64_t i = 0; i < kTouches / 2; ++i) {
      std::uint32_t value = 0;
      const VirtAddr at = base + Bytes{i * 4 % (256 * kPage)};
      (void)machine.load(at, std::as_writable_bytes(std::span(&value, 1)));
      ++value;
      (void)machine.store(at, std::as_bytes(std::span(&value, 1)));
    }
  });
  std::printf("load_and_store_in_order       %8.1f ns/touch\n", seconds / kTouches * 1e9);
}

template <class Touch>
double evicting_rate(std::uint64_t frames, std::uint64_t pages, std::uint64_t touches,
                     Touch touch) {
  sim::MachineConfig config;
  config.frames = sim::Pages{frames};
  sim::Machine machine(config);
  std::vector<std::byte> content(pages * kPage, std::byte{7});
  check(machine.install_file("f", content).ok(), "the file can be made");
  const VirtAddr base = map_file(machine, "f", pages).base;
  Counter counter;
  sim::EventStream stream(counter);
  machine.attach(&stream);
  return static_cast<double>(touches) / best_seconds([&] {
           for (std::uint64_t i = 0; i < touches; ++i) {
             touch(machine, base + Bytes{i % pages * kPage});
           }
         });
}

void bench_evictions() {
  constexpr std::uint64_t kFrames = 1024;
  constexpr std::uint64_t kPages = 4096;
  constexpr std::uint64_t kTouches = 400'000;
  const double loads =
      evicting_rate(kFrames, kPages, kTouches, [](sim::Machine& machine, VirtAddr at) {
        std::uint64_t value = 0;
        (void)machine.load(at, std::as_writable_bytes(std::span(&value, 1)));
      });
  const double stores =
      evicting_rate(kFrames, kPages, kTouches, [](sim::Machine& machine, VirtAddr at) {
        const std::uint64_t value = 1;
        (void)machine.store(at, std::as_bytes(std::span(&value, 1)));
      });
  std::printf("load_every_touch_evicts       %8.2f Mtouch/s  (goal 2)\n", loads / 1e6);
  std::printf("store_every_touch_evicts      %8.2f Mtouch/s  (with write-back of each)\n",
              stores / 1e6);
}

class SumInt32 final : public sim::ElementLoop {
 public:
  void run(std::byte* const* pointers, std::uint64_t n) override {
    const std::byte* from = pointers[0];
    for (std::uint64_t i = 0; i < n; ++i) {
      std::int32_t value;
      std::memcpy(&value, from + i * sizeof value, sizeof value);
      sum += value;
    }
  }
  std::int64_t sum = 0;
};

class FillInt32 final : public sim::ElementLoop {
 public:
  void run(std::byte* const* pointers, std::uint64_t n) override {
    std::memset(pointers[0], 0, n * 4);
  }
};

void bench_walks() {
  constexpr std::uint64_t kBytes = std::uint64_t{256} << 20;
  constexpr std::uint64_t kCount = kBytes / 4;
  sim::Machine machine((sim::MachineConfig()));
  const VirtAddr base = map(machine, kBytes / kPage).base;
  touch_every_page(machine, base, kBytes / kPage);
  Counter counter;
  sim::EventStream stream(counter);
  machine.attach(&stream);
  std::vector<std::int32_t> plain(kCount, 3);

  std::int64_t sum = 0;
  const double plain_sum = best_seconds([&] {
    for (const std::int32_t value : plain) sum += value;
  });
  const double plain_fill = best_seconds([&] {
    std::memset(plain.data(), 0, kBytes);
    __asm__ volatile("" : : "r"(plain.data()) : "memory");
  });
  SumInt32 sum_loop;
  const sim::Operand reading{base, 4, 4, Access::read};
  const double walk_sum =
      best_seconds([&] { (void)machine.for_each(std::span(&reading, 1), kCount, sum_loop); });
  FillInt32 fill_loop;
  const sim::Operand writing{base, 4, 4, Access::write};
  const double walk_fill =
      best_seconds([&] { (void)machine.for_each(std::span(&writing, 1), kCount, fill_loop); });
  std::printf(
      "sum_256MiB                    %8.2f ms, plain loop %.2f ms: %.2fx  (goal 4x; %lld)\n",
      walk_sum * 1e3, plain_sum * 1e3, walk_sum / plain_sum,
      static_cast<long long>((sum + sum_loop.sum) % 10));
  std::printf("fill_256MiB                   %8.2f ms, memset     %.2f ms: %.2fx  (goal 4x)\n",
              walk_fill * 1e3, plain_fill * 1e3, walk_fill / plain_fill);
}

// Bytes that malloc has handed out, and its own bookkeeping for them.
std::uint64_t heap_bytes() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

void report_dense(const char* name, std::uint64_t pages, std::uint64_t used) {
  const double each = static_cast<double>(used - pages * kPage) / static_cast<double>(pages);
  std::printf("%-29s %8.1f bytes of state a page  (goal 64)\n", name, each);
}

void bench_memory() {
  constexpr std::uint64_t kPages = 1'000'000;
  sim::MachineConfig config;
  config.frames = sim::Pages{kPages};
  {
    const std::uint64_t before = heap_bytes();
    auto machine = std::make_unique<sim::Machine>(config);
    touch_every_page(*machine, map(*machine, kPages).base, kPages);
    report_dense("dense_anonymous_1M_pages", kPages, heap_bytes() - before);
  }
  {
    const std::uint64_t before = heap_bytes();
    auto machine = std::make_unique<sim::Machine>(config);
    check(machine->install_sparse_file("f", Bytes{kPages * kPage}).ok(), "a file");
    const VirtAddr base = map_file(*machine, "f", kPages).base;
    touch_every_page(*machine, base, kPages);
    check(machine->msync(base, Bytes{kPages * kPage}).ok(), "msync");
    report_dense("dense_file_1M_pages_synced", kPages, heap_bytes() - before);
  }
  {
    auto machine = std::make_unique<sim::Machine>(config);
    const std::uint64_t before = heap_bytes();
    constexpr std::uint64_t kSparsePages = (std::uint64_t{64} << 30) / kPage;
    check(machine->install_sparse_file("f", Bytes{kSparsePages * kPage}).ok(), "a sparse file");
    (void)map_file(*machine, "f", kSparsePages);
    std::printf("sparse_64GiB_file_mapped      %8llu bytes\n",
                static_cast<unsigned long long>(heap_bytes() - before));
  }
}

void bench_copies() {
  constexpr std::uint64_t kPages = 65536;
  sim::Machine machine((sim::MachineConfig()));
  const VirtAddr base = map(machine, kPages).base;
  touch_every_page(machine, base, kPages);
  std::unique_ptr<sim::Machine> copy;
  const double seconds = best_seconds([&] { copy = std::make_unique<sim::Machine>(machine); });
  const std::uint64_t before = heap_bytes();
  auto another = std::make_unique<sim::Machine>(machine);
  std::printf("copy_of_65536_resident_pages  %8.1f us, %.1f KiB\n", seconds * 1e6,
              static_cast<double>(heap_bytes() - before) / 1024);
}

}  // namespace

int main() {
  // Without and with bytes of their own: the second waits for 256 MiB of the host's memory.
  bench_random_loads("random_load_resident_zeros", install_zeros);
  bench_random_loads("random_load_resident_bytes", install_bytes);
  bench_same_page();
  bench_evictions();
  bench_walks();
  bench_copies();
  bench_memory();
}
