// Going back in a recorded run: how long a seek and a step back take, and what an access costs to
// keep.

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "sim/core/rng.h"
#include "viz/model/playback.h"

namespace {

using Clock = std::chrono::steady_clock;
using sim::Bytes;
using sim::VirtAddr;

constexpr std::uint64_t kPage = 4096;

double milliseconds_of(auto work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

std::uint64_t heap_bytes() {
  const auto info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

void check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "recording_bench: %s\n", what);
  std::exit(1);
}

struct Times {
  std::vector<double> each;
  double quantile(double q) {
    std::sort(each.begin(), each.end());
    return each[static_cast<std::size_t>(q * static_cast<double>(each.size() - 1))];
  }
};

// Loads of random pages of a file of holes: what is kept of them are tables and the log, no page's
// contents.
void bench(std::uint64_t pages, std::uint64_t accesses) {
  sim::Machine machine((sim::MachineConfig()));
  check(machine.install_sparse_file("f", Bytes{pages * kPage}).ok(), "a file of holes");
  const auto fd = machine.open("f", {});
  sim::MapRequest request;
  request.file = *fd;
  request.length = Bytes{pages * kPage};
  request.sharing = sim::Sharing::shared;
  const VirtAddr base = machine.mmap(request)->base;
  std::byte byte{};
  for (std::uint64_t page = 0; page < pages; ++page) {
    (void)machine.load(base + Bytes{page * kPage}, std::span(&byte, 1));
  }

  const std::uint64_t heap_before = heap_bytes();
  viz::Recording recording(machine);
  sim::Rng rng(1);
  const double record_ms = milliseconds_of([&] {
    for (std::uint64_t i = 0; i < accesses; ++i) {
      const VirtAddr at = base + Bytes{rng.below(pages) * kPage};
      (void)recording.computer().load(at, std::span(&byte, 1));
    }
  });
  const auto kept = static_cast<double>(heap_bytes() - heap_before);
  check(recording.end().touch == pages + accesses, "every access was recorded");

  viz::Playback playback(recording);
  Times seeks, steps_back;
  for (int i = 0; i < 300; ++i) {
    const std::uint64_t touch = pages + rng.below(accesses);
    seeks.each.push_back(milliseconds_of([&] {
      check(playback.at(playback.before_touch(touch)).touches() == touch, "the touch sought");
    }));
    for (std::uint64_t back = 1; back <= 5 && touch - back >= pages; ++back) {
      steps_back.each.push_back(milliseconds_of([&] {
        check(playback.at(playback.before_touch(touch - back)).touches() == touch - back,
              "the touch before");
      }));
    }
  }
  std::printf("%9llu pages, %llu accesses: %5.1f bytes each (goal 24), recorded %5.1f ns each\n",
              static_cast<unsigned long long>(pages), static_cast<unsigned long long>(accesses),
              kept / static_cast<double>(accesses),
              record_ms * 1e6 / static_cast<double>(accesses));
  std::printf("  seek       median %6.2f ms, p99 %6.2f ms, most %6.2f ms  (goal p99 16)\n",
              seeks.quantile(0.5), seeks.quantile(0.99), seeks.quantile(1));
  std::printf("  step back  median %6.2f ms, p99 %6.2f ms, most %6.2f ms  (goal 1)\n",
              steps_back.quantile(0.5), steps_back.quantile(0.99), steps_back.quantile(1));
}

}  // namespace

int main() {
  bench(65536, 10'000'000);
  bench(1'000'000, 10'000'000);
}
