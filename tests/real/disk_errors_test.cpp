// A disk that fails, on both computers: the real one is a small filesystem on a loop device that is
// made smaller than the files on it. Only root can mount one; otherwise a message says so.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "real/child.h"
#include "sim/machine.h"
#include "tests/real/host_fixture.h"

namespace real {
namespace {

constexpr std::uint64_t kPages = 4;

// What each call and access comes to on a disk that reads and writes none of the file's pages.
using Results = std::vector<int>;

Results try_all(sim::Computer& computer) {
  const sim::Fd fd = *computer.open("data.bin", kReadWriteFile);
  const sim::Fd other = *computer.open("data.bin", kReadWriteFile);
  const sim::VirtAddr base = computer
                                 .mmap({.file = fd,
                                        .length = sim::Bytes{kPages * kPage.count},
                                        .protection = kReadWrite,
                                        .sharing = sim::Sharing::shared})
                                 ->base;
  std::byte byte{1};
  Results results;
  results.push_back(computer.load(base, {&byte, 1}).signal);
  results.push_back(computer.store(base + kPage, {&byte, 1}).signal);
  std::vector<std::byte> page(kPage.count, std::byte{9});
  results.push_back(computer.read(fd, std::span(page)).error());
  // A whole page is not read first. Writing it back fails, which each opener hears of once.
  REQUIRE(computer.lseek(fd, 0, sim::Whence::set).ok());
  results.push_back(computer.write(fd, std::span<const std::byte>(page)).error());
  results.push_back(computer.fsync(fd).error());
  results.push_back(computer.fsync(fd).error());
  results.push_back(computer.fsync(other).error());
  results.push_back(computer.fsync(other).error());
  results.push_back(computer.load(base, {&byte, 1}).signal);  // it is still in memory
  return results;
}

Results on_sim() {
  sim::MachineConfig config;
  for (const auto when : {sim::BadPages::When::read, sim::BadPages::When::write}) {
    config.bad_pages.push_back({when, "data.bin", sim::PgOff{0}, sim::PgOff{kPages}});
  }
  sim::Machine machine(config);
  const std::vector<std::byte> bytes(kPages * kPage.count, std::byte{5});
  REQUIRE(machine.install_file("data.bin", bytes).ok());
  return try_all(machine);
}

// Runs in a process of its own, whose mounts nobody else sees.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& folder)
      : image_(folder + "/image"), place_(folder + "/disk") {}
  // False: not on this system, or not for this user.
  bool mount() {
    if (::unshare(CLONE_NEWNS) != 0) return false;
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
    ::mkdir(place_.c_str(), 0700);
    std::ofstream(image_).close();
    if (::truncate(image_.c_str(), 8 << 20) != 0) return false;
    const std::string make = "PATH=/sbin:/usr/sbin:$PATH mkfs.ext4 -q -b 4096 -O ^has_journal '" +
                             image_ + "' && mount -o loop '" + image_ + "' '" + place_ + "'";
    return std::system((make + " >/dev/null 2>&1").c_str()) == 0;
  }
  const std::string& place() const { return place_; }

  // The device ends before the file's blocks, and behind the inodes.
  bool cut() const {
    if (::truncate(image_.c_str(), 2 << 20) != 0) return false;
    std::ifstream mounts("/proc/self/mounts");
    for (std::string device, where, rest;
         mounts >> device >> where && std::getline(mounts, rest);) {
      if (where != place_) continue;
      const Descriptor loop(::open(device.c_str(), O_RDWR | O_CLOEXEC));
      return loop.is_open() && ::ioctl(loop.number(), LOOP_SET_CAPACITY, 0) == 0;
    }
    return false;
  }

 private:
  std::string image_;
  std::string place_;
};

class ResultSink final : public MessageSink {
 public:
  std::string message(std::uint32_t, std::span<const std::byte> bytes) override {
    results.resize(bytes.size() / sizeof(int));
    std::memcpy(results.data(), bytes.data(), bytes.size());
    return {};
  }
  Results results;
};

constexpr int kNoDisk = 77;

int try_on_small_disk(const std::string& folder, Channel& channel) {
  SmallDisk disk(folder);
  if (!disk.mount()) return kNoDisk;
  // The blocks of the disk's front are taken, so that the file's lie behind the cut.
  const Descriptor front(::open((disk.place() + "/front").c_str(), O_CREAT | O_RDWR, 0600));
  if (::posix_fallocate(front.number(), 0, 5 << 20) != 0) return kNoDisk;
  ::fsync(front.number());
  {
    const Descriptor file(::open((disk.place() + "/data.bin").c_str(), O_CREAT | O_RDWR, 0600));
    const std::vector<std::byte> bytes(kPages * kPage.count, std::byte{5});
    if (::write(file.number(), bytes.data(), bytes.size()) < 0 || ::fsync(file.number()) != 0)
      return 1;
  }
  const Descriptor directory(::open(disk.place().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  sim::EventLog log;
  sim::EventStream events(log);
  HostSetup setup;
  setup.directory = directory.number();
  setup.events = &events;
  auto made = LinuxHost::make(setup);
  auto* host = std::get_if<std::unique_ptr<LinuxHost>>(&made);
  if (host == nullptr || !disk.cut()) return 1;
  const Results results = try_all(**host);
  channel.send(0, std::as_bytes(std::span(results)));
  return 0;
}

TEST_CASE("a disk that fails fails the same calls and accesses on both computers") {
  auto scratch = Scratch::make();
  REQUIRE(std::holds_alternative<Scratch>(scratch));
  const std::string folder = std::get<Scratch>(scratch).path();
  ResultSink sink;
  ChildWork job;
  job.work = [&](Channel& channel) { return try_on_small_disk(folder, channel); };
  const auto ended = run_in_child(job, sink);
  REQUIRE(std::holds_alternative<Ended>(ended));
  if (std::get<Ended>(ended).exit_status == kNoDisk) {
    MESSAGE("not tried: a small disk can be mounted by root only, with mkfs.ext4");
    return;
  }
  REQUIRE(std::get<Ended>(ended).exit_status == 0);
  const Results simulated = on_sim();
  CHECK(simulated == Results{SIGBUS, SIGBUS, EIO, 0, EIO, 0, EIO, 0, 0});
  CHECK(sink.results == simulated);
}

}  // namespace
}  // namespace real
