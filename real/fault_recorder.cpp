// Opening, draining and falling back.

#include "real/fault_recorder.h"

#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstring>

namespace real {
namespace {

// 16 data pages: 2,700 samples, and small enough for the locked-memory allowance of an unprivileged
// user (8 MiB + 516 KiB per CPU here; Linux 6.18).
constexpr std::size_t kRingPages = 16;

std::size_t page_bytes() { return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)); }

int open_event(std::uint64_t config) {
  perf_event_attr attr{};
  attr.size = sizeof(attr);
  attr.type = PERF_TYPE_SOFTWARE;
  attr.config = config;
  attr.sample_period = 1;
  attr.sample_type = PERF_SAMPLE_IDENTIFIER | PERF_SAMPLE_ADDR;
  attr.exclude_kernel = 1;  // all that perf_event_paranoid 2 allows; see faults_so_far()
  attr.exclude_hv = 1;
  return static_cast<int>(::syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC));
}

// Faults of the stack below would otherwise fall into a window that only counts.
__attribute__((noinline)) void warm_stack() {
  volatile char below[8192];
  for (std::size_t i = 0; i < sizeof(below); i += 1024) below[i] = 0;
}

}  // namespace

FaultCounts faults_so_far() {
  rusage usage{};
  ::getrusage(RUSAGE_THREAD, &usage);
  return {static_cast<std::uint64_t>(usage.ru_minflt), static_cast<std::uint64_t>(usage.ru_majflt),
          static_cast<std::uint64_t>(usage.ru_inblock)};
}

PerfRing::PerfRing(Descriptor minor, Descriptor major, void* memory)
    : minor_(std::move(minor)), major_(std::move(major)), memory_(memory) {
  ::ioctl(major_.number(), PERF_EVENT_IOC_ID, &major_id_);
}

PerfRing::PerfRing(PerfRing&& other) noexcept
    : minor_(std::move(other.minor_)),
      major_(std::move(other.major_)),
      memory_(std::exchange(other.memory_, nullptr)),
      major_id_(other.major_id_),
      lost_(other.lost_) {}

PerfRing::~PerfRing() {
  if (memory_ != nullptr) ::munmap(memory_, (kRingPages + 1) * page_bytes());
}

Or<PerfRing> PerfRing::open() {
  const auto refused = [](const char* what) {
    return Problem{std::string(what) + ": " + std::strerror(errno)};
  };
  Descriptor minor(open_event(PERF_COUNT_SW_PAGE_FAULTS_MIN));
  if (!minor.is_open()) return refused("perf_event_open");
  Descriptor major(open_event(PERF_COUNT_SW_PAGE_FAULTS_MAJ));
  if (!major.is_open()) return refused("perf_event_open");
  void* memory = ::mmap(nullptr, (kRingPages + 1) * page_bytes(), PROT_READ | PROT_WRITE,
                        MAP_SHARED, minor.number(), 0);
  if (memory == MAP_FAILED) return refused("the ring of perf samples");
  if (::ioctl(major.number(), PERF_EVENT_IOC_SET_OUTPUT, minor.number()) != 0) {
    const Problem problem = refused("one ring for two perf events");
    ::munmap(memory, (kRingPages + 1) * page_bytes());
    return problem;
  }
  return PerfRing(std::move(minor), std::move(major), memory);
}

std::uint64_t PerfRing::word(std::uint64_t position) const {
  const std::size_t ring = kRingPages * page_bytes();
  const auto* data = static_cast<const std::byte*>(memory_) + page_bytes();
  std::uint64_t value = 0;
  std::memcpy(&value, data + position % ring, sizeof(value));
  return value;
}

void PerfRing::discard() {
  auto* page = static_cast<perf_event_mmap_page*>(memory_);
  const std::uint64_t head = __atomic_load_n(&page->data_head, __ATOMIC_ACQUIRE);
  if (head != page->data_tail) __atomic_store_n(&page->data_tail, head, __ATOMIC_RELEASE);
}

std::size_t PerfRing::drain(std::span<SeenFault> faults) {
  auto* page = static_cast<perf_event_mmap_page*>(memory_);
  const std::uint64_t head = __atomic_load_n(&page->data_head, __ATOMIC_ACQUIRE);
  std::uint64_t tail = page->data_tail;
  if (head == tail) return 0;
  std::size_t n = 0;
  while (tail < head) {
    perf_event_header header{};
    const std::uint64_t first = word(tail);
    std::memcpy(&header, &first, sizeof(header));
    // Record layouts: sample = id, address; lost = id, how many (perf_event_open(2)).
    const std::uint64_t id = word(tail + 8);
    const std::uint64_t value = word(tail + 16);
    if (header.type == PERF_RECORD_LOST) lost_ += value;
    if (header.type == PERF_RECORD_SAMPLE && n == faults.size()) ++lost_;
    if (header.type == PERF_RECORD_SAMPLE && n < faults.size()) {
      faults[n++] = {sim::VirtAddr{value}, id == major_id_ ? FaultKind::major : FaultKind::minor};
    }
    tail += header.size;
  }
  __atomic_store_n(&page->data_tail, tail, __ATOMIC_RELEASE);
  return n;
}

FaultRecorder::FaultRecorder(FaultSource wanted)
    : ring_(wanted == FaultSource::rusage || wanted == FaultSource::none
                ? Or<PerfRing>(Problem{"it was not asked for"})
                : PerfRing::open()),
      is_on_(wanted != FaultSource::none) {
  if (const auto* problem = std::get_if<Problem>(&ring_)) why_ = problem->what;
}

void FaultRecorder::begin() {
  if (auto* ring = std::get_if<PerfRing>(&ring_)) {
    ring->discard();
  } else {
    warm_stack();
    before_ = faults_so_far();
  }
}

std::span<const SeenFault> FaultRecorder::end(sim::VirtAddr touched) {
  if (auto* ring = std::get_if<PerfRing>(&ring_)) return {seen_.data(), ring->drain(seen_)};
  const FaultCounts now = faults_so_far();
  std::size_t n = 0;
  const auto add = [&](std::uint64_t count, FaultKind kind) {
    for (; count > 0 && n < seen_.size(); --count) seen_[n++] = {touched, kind};
  };
  add(now.major - before_.major, FaultKind::major);
  add(now.minor - before_.minor, FaultKind::minor);
  return {seen_.data(), n};
}

void FaultRecorder::begin_call() {
  begin();
  before_ = faults_so_far();
}

FaultCounts FaultRecorder::end_call() {
  const FaultCounts now = faults_so_far();
  FaultCounts counts{now.minor - before_.minor, now.major - before_.major,
                     now.blocks_read - before_.blocks_read};
  auto* ring = std::get_if<PerfRing>(&ring_);
  if (ring == nullptr) return counts;
  const std::size_t n = ring->drain(seen_);
  for (const SeenFault& own : std::span(seen_).first(n)) {
    std::uint64_t& count = own.kind == FaultKind::major ? counts.major : counts.minor;
    if (count > 0) --count;
  }
  return counts;
}

}  // namespace real
