// Making the host: instruments, cold start, warm recorder.

#include "real/linux_host.h"

#include <fcntl.h>
#include <time.h>

#include <cerrno>
#include <cstring>

#include "real/cold_start.h"
#include "real/kernel_calls.h"
#include "real/linux_host_parts.h"

namespace real {
namespace {

// A file of the scratch directory to try the sources on. It has no name and one page, all of it
// written: mincore does not show a page of which only some blocks are.
Descriptor make_probe(int directory, sim::PageGeometry geometry) {
  constexpr const char* kName = ".pagewalk-probe";  // where O_TMPFILE is not supported
  Descriptor probe(::openat(directory, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (!probe.is_open()) {
    probe = Descriptor(::openat(directory, kName, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    ::unlinkat(directory, kName, 0);
  }
  const std::string page(geometry.page_size().count, 'x');
  const auto bytes = static_cast<ssize_t>(page.size());
  if (probe.is_open() && ::pwrite(probe.number(), page.data(), page.size(), 0) != bytes) return {};
  return probe;
}

// Takes the probe's page out of the page cache, as evictions and a cold start do. False: it stays.
bool drops_pages(int probe, const PageCacheView& cache) {
  constexpr int kMostPauses = 100;
  for (int i = 0; i <= kMostPauses; ++i) {
    if (::fdatasync(probe) != 0 || ::posix_fadvise(probe, 0, 0, POSIX_FADV_DONTNEED) != 0) {
      return false;
    }
    if (!cache.shows_residency() || !cache.page(probe, sim::PgOff{}).cached) return true;
    const timespec pause{0, 1'000'000};
    ::nanosleep(&pause, nullptr);
  }
  return false;
}

// Whether reading the probe's page from the disk shows in this thread's count of blocks, and
// nothing besides it (btrfs reads the page's sum, too). Requires: drops_pages().
bool device_counts(int probe, const HostParts& host) {
  char byte = 0;
  const std::uint64_t before = faults_so_far().blocks_read;
  if (::pread(probe, &byte, 1, 0) != 1) return false;
  const std::uint64_t blocks = faults_so_far().blocks_read - before;
  return host.pages_of(blocks) == 1;
}

Problem problem(const char* what) { return {std::string(what) + ": " + std::strerror(errno)}; }

}  // namespace

bool is_plain_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

Or<std::unique_ptr<LinuxHost>> LinuxHost::make(const HostSetup& setup) {
  const sim::PageGeometry geometry(sim::Bytes{static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE))});
  const Descriptor probe = make_probe(setup.directory, geometry);
  if (!probe.is_open()) return problem("the scratch directory is not writable");
  const Filesystem filesystem = filesystem_of(setup.directory);
  PageCacheView cache(setup.sources.cache, geometry, probe.number());
  const bool shows_dirty = cache.shows_dirty() && filesystem.kind != FilesystemKind::memory;
  std::unique_ptr<Parts> parts(
      new Parts{.host = {.geometry = geometry,
                         .events = setup.events,
                         .directory = setup.directory,
                         .mode = setup.mode,
                         .shows_dirty = shows_dirty,
                         .cache = std::move(cache),
                         .memory = MemoryView(setup.sources.memory, geometry),
                         .faults = FaultRecorder(setup.sources.faults),
                         .deaths = setup.deaths,
                         .is_limited = setup.is_limited},
                .filesystem = filesystem,
                .evictions = setup.evictions});
  HostParts& made = parts->host;
  made.drops_pages =
      filesystem.kind != FilesystemKind::memory && drops_pages(probe.number(), made.cache);
  made.counts_blocks = setup.mode == Mode::exact && made.faults.is_on() && made.drops_pages &&
                       device_counts(probe.number(), made);
  made.processes.push_back(std::make_unique<Process>(
      sim::ProcessId{}, geometry, std::make_unique<OwnActor>(made.faults, made.signals),
      setup.sources.write_protect));
  made.now = made.processes.front().get();
  std::unique_ptr<LinuxHost> host(new LinuxHost(std::move(parts)));
  host->start_cold();
  host->find_capabilities();
  host->warm_up();
  return host;
}

LinuxHost::LinuxHost(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

LinuxHost::~LinuxHost() {
  ::munmap(reinterpret_cast<void*>(parts_->host.nowhere), page_size().count);
  for (const Area& area : parts_->host.processes.front()->areas.all()) {
    ::munmap(reinterpret_cast<void*>(area.base), area.end - area.base);
  }
}

// Files already there get their ordinals in order of name, as on the simulated computer. Many are
// written to the disk together: each alone waits for the journal (Linux 6.18, ext4 on a virtual
// disk: 16 ms a file).
void LinuxHost::start_cold() {
  constexpr std::size_t kMany = 16;
  HostParts& host = parts_->host;
  const std::vector<std::string> names = list_files();
  const bool is_on_disk = names.size() > kMany && ::syncfs(host.directory) == 0;
  for (const std::string& name : names) {
    const Descriptor file(
        ::openat(host.directory, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file.is_open()) {
      remarks_.push_back(name + ": " + std::strerror(errno));
      continue;
    }
    host.inodes.add_unused(file.number(), name);
    std::string left = make_cold(file.number(), name, host.cache, host.geometry,
                                 is_on_disk ? OnDisk::yes : OnDisk::no);
    if (!left.empty()) remarks_.push_back(std::move(left));
  }
}

// The first windows run over code, stack and handler pages that this process has not touched since
// it was forked, or forked another; those faults would be counted as the program's.
void LinuxHost::warm_up() {
  HostParts& host = parts_->host;
  const std::size_t bytes = host.geometry.page_size().count;
  void* memory = ::mmap(reinterpret_cast<void*>(host.nowhere), bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | (host.nowhere != 0 ? MAP_FIXED : 0), -1, 0);
  SIM_CHECK(memory != MAP_FAILED);
  auto* page = static_cast<std::byte*>(memory);
  std::byte own[sim::kLargestElement] = {};
  for (int i = 0; i < 4; ++i) {
    host.faults.begin();
    static_cast<void>(host.signals.copy({.to = own, .from = page, .n = sizeof(own)}));
    static_cast<void>(host.signals.copy({.to = page, .from = own, .n = sizeof(own)}));
    static_cast<void>(host.faults.end(sim::VirtAddr{reinterpret_cast<std::uint64_t>(page)}));
    host.faults.begin_call();
    static_cast<void>(plain_read(-1, own, 1));
    static_cast<void>(plain_write(-1, own, 1));
    static_cast<void>(host.faults.end_call());
  }
  ::mprotect(memory, bytes, PROT_NONE);
  static_cast<void>(
      host.signals.copy({.to = own, .from = page, .n = 1}));  // through the handler once
  host.nowhere = reinterpret_cast<std::uint64_t>(memory);
  parts_->touches.warm_up();
}

void LinuxHost::find_capabilities() {
  const HostParts& host = parts_->host;
  const Filesystem& filesystem = parts_->filesystem;
  const Userfault& userfault = host.now->userfault;
  const bool uffd = userfault.is_available();
  const auto add = [&](const char* name, bool available, std::string why, const char* lost) {
    capabilities_.push_back({name, available, std::move(why), lost});
  };
  add("perf page-fault samples", host.faults.has_addresses(), host.faults.why_no_addresses(),
      "faults are counted around each touch, so one by this program's own memory can slip in");
  add("userfaultfd write-protection", uffd, userfault.why_not(),
      "memory that processes share cannot be evicted");
  add("page-cache residency", host.cache.shows_residency(), host.cache.why_lower(),
      "resident file pages are not known, and pages that read() and write() read from disk may "
      "be counted wrongly");
  add("dirty pages", host.shows_dirty,
      host.cache.shows_dirty() ? filesystem.name + " does not track them" : host.cache.why_lower(),
      "dirty pages and write-backs are not known");
  add("residency of anonymous memory", host.memory.source() != MemorySource::none,
      host.memory.why_lower(), "resident pages of anonymous mappings are not known");
  add("PAGEMAP_SCAN", host.memory.source() == MemorySource::pagemap_scan, host.memory.why_lower(),
      "the shared zero page is told apart by this program's own record of its touches");
  add("a disk filesystem", host.drops_pages,
      "the scratch directory is on " + filesystem.name + ", whose pages stay in memory",
      "what hangs on a disk is not compared: whether a fault of a file's page is major, "
      "write-notify, "
      "pages read, written back, evicted, and which pages of files are resident or dirty");
}

std::optional<std::uint64_t> LinuxHost::device_pages_in() const {
  const HostParts& host = parts_->host;
  if (!host.counts_blocks) return std::nullopt;
  return host.device_pages;
}

std::vector<std::string> LinuxHost::notes() const {
  std::vector<std::string> notes = notes_of(capabilities_);
  notes.insert(notes.end(), remarks_.begin(), remarks_.end());
  const std::uint64_t lost = parts_->host.faults.lost();
  if (lost > 0) notes.push_back(std::to_string(lost) + " page-fault samples were lost");
  for (std::string& failure : parts_->mirror.failures()) notes.push_back(std::move(failure));
  return notes;
}

sim::Bytes LinuxHost::page_size() const { return parts_->host.geometry.page_size(); }
std::uint64_t LinuxHost::touches() const { return parts_->host.clock; }

void LinuxHost::stop_at(std::uint64_t touch) { parts_->host.stop_touch = touch; }

void LinuxHost::returned(const Return& result) {
  ++parts_->host.calls;
  parts_->host.emit({.page = {result.object, 0},
                     .count = static_cast<std::uint32_t>(result.bytes),
                     .kind = sim::EventKind::system_call,
                     .operand = static_cast<std::uint8_t>(result.call),
                     .detail = static_cast<std::uint16_t>(result.error)});
}

sim::Errno LinuxHost::failed(sim::SystemCall call, int error, std::uint32_t object) {
  returned({call, object, error, 0});
  return {error};
}

sim::Status LinuxHost::status(sim::SystemCall call, int error, std::uint32_t object) {
  if (error != 0) return failed(call, error, object);
  returned({call, object, 0, 0});
  return sim::done();
}

}  // namespace real
