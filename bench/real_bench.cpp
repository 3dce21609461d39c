// What observing costs: the time of a real touch with and without recording it.

#include <time.h>

#include <cstdio>
#include <vector>

#include "real/linux_host.h"
#include "real/scratch.h"

namespace {

constexpr std::uint64_t kPages = 4096;
constexpr sim::Bytes kLength{kPages * 4096};

double now_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

class NoEvents final : public sim::EventConsumer {
 public:
  void consume(std::span<const sim::Event>) override {}
};

// Nanoseconds per touch of one byte in each page.
double per_touch(sim::Computer& computer, sim::VirtAddr base, sim::Access access) {
  std::byte byte{1};
  const double start = now_ns();
  for (std::uint64_t page = 0; page < kPages; ++page) {
    const sim::VirtAddr at = base + sim::Bytes{page * 4096};
    const auto done = access == sim::Access::read ? computer.load(at, std::span(&byte, 1))
                                                  : computer.store(at, std::span(&byte, 1));
    if (!done.is_done()) std::printf("a touch failed\n");
  }
  return (now_ns() - start) / static_cast<double>(kPages);
}

struct Times {
  double resident, zero_fill, write_notify, major;
};

Times measure(real::FaultSource faults) {
  const auto scratch = real::Scratch::make();
  const int directory = std::get<real::Scratch>(scratch).directory();
  NoEvents nobody;
  sim::EventStream events(nobody);
  const auto make = [&] {
    auto made = real::LinuxHost::make({.directory = directory,
                                       .events = &events,
                                       .evictions = {},
                                       .sources = {.faults = faults}});
    return std::move(std::get<0>(made));
  };
  {
    auto writer = make();
    const sim::Fd fd = *writer->open("f", {sim::OpenAccess::read_write, true, false, true, false});
    const std::vector<std::byte> page(4096, std::byte{1});
    for (std::uint64_t i = 0; i < kPages; ++i) static_cast<void>(writer->write(fd, page));
  }
  auto host = make();  // cold
  const sim::Fd fd = *host->open("f", {sim::OpenAccess::read_write, false, false, false, false});
  constexpr sim::Protection kBoth{true, true};
  const auto memory = *host->mmap({.length = kLength, .protection = kBoth});
  const auto file = *host->mmap(
      {.file = fd, .length = kLength, .protection = kBoth, .sharing = sim::Sharing::shared});
  Times times{};
  times.zero_fill = per_touch(*host, memory.base, sim::Access::write);
  times.resident = per_touch(*host, memory.base, sim::Access::write);
  times.major = per_touch(*host, file.base, sim::Access::read);
  times.write_notify = per_touch(*host, file.base, sim::Access::write);
  return times;
}

}  // namespace

int main() {
  static_cast<void>(measure(real::FaultSource::best));  // warm
  const Times with = measure(real::FaultSource::best);
  const Times without = measure(real::FaultSource::none);
  std::printf("nanoseconds per real touch    recorded   not recorded\n");
  const auto row = [](const char* what, double a, double b) {
    std::printf("%-28s %9.0f %14.0f\n", what, a, b);
  };
  row("store to a resident page", with.resident, without.resident);
  row("store to fresh memory", with.zero_fill, without.zero_fill);
  row("store to a clean file page", with.write_notify, without.write_notify);
  row("load of a file page on disk", with.major, without.major);
}
