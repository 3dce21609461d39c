// A table: what each capability needs of the kernel, and which option gives it to a container.

#include "real/remedy.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string_view>

namespace real {
namespace {

// Docker's default profile lets perf_event_open through with CAP_PERFMON alone, and neither
// userfaultfd nor (before version 25) cachestat at all (its default.json).
constexpr std::string_view kUnfiltered = "--security-opt seccomp=unconfined";

constexpr std::string_view kDisk = "a disk filesystem";
constexpr std::string_view kDirty = "dirty pages";

struct Need {
  std::string_view capability;
  KernelVersion since;
  std::string_view in_container;  // the option of `docker run` that allows it, if there is one
  std::string_view otherwise;     // where the kernel is new enough and no such option helps
};

constexpr Need kNeeds[] = {
    {"perf page-fault samples",
     {2, 6},
     "--cap-add PERFMON",
     "A kernel with CONFIG_PERF_EVENTS, and nothing that forbids perf_event_open(2)."},
    {"userfaultfd write-protection",
     {6, 7},
     kUnfiltered,
     "A kernel with CONFIG_USERFAULTFD and CONFIG_PTE_MARKER_UFFD_WP, and nothing that forbids "
     "userfaultfd(2)."},
    {"page-cache residency",
     {2, 4},
     kUnfiltered,
     "A kernel that lets a process call mincore(2) on its own files."},
    {kDirty,
     {2, 6},
     kUnfiltered,
     "Nothing may forbid cachestat(2), or /proc has to be mounted, with CONFIG_PROC_PAGE_MONITOR "
     "in "
     "the kernel."},
    {"residency of anonymous memory",
     {2, 6},
     {},
     "/proc has to be mounted, with CONFIG_PROC_PAGE_MONITOR in the kernel."},
    {"PAGEMAP_SCAN",
     {6, 7},
     {},
     "/proc has to be mounted, with CONFIG_PROC_PAGE_MONITOR in the kernel."},
    {"Landlock",
     {5, 13},
     kUnfiltered,
     "Landlock has to be among the kernel's security modules: boot with lsm=landlock,... (the "
     "others are in /sys/kernel/security/lsm)."},
    {"seccomp",
     {3, 5},
     kUnfiltered,
     "A kernel with CONFIG_SECCOMP_FILTER, and nothing that forbids seccomp(2)."},
};

// Linux allows unprivileged sampling of one's own user space up to here; Debian's kernels start at
// 3.
constexpr int kMostParanoid = 2;

std::string text_of(KernelVersion version) {
  return std::to_string(version.major) + "." + std::to_string(version.minor);
}

bool is_there(const char* path) { return ::access(path, F_OK) == 0; }

std::optional<int> number_in(const char* path) {
  std::ifstream file(path);
  int number = 0;
  if (!(file >> number)) return std::nullopt;
  return number;
}

std::string for_disk(const Surroundings& here) {
  const std::string folder = "Set PAGEWALK_SCRATCH to a folder on ext4, xfs or btrfs.";
  if (!here.in_container) return folder;
  return folder +
         " A container has one in a volume: start it with docker run -v "
         "pagewalk:/pagewalk -e PAGEWALK_SCRATCH=/pagewalk.";
}

std::string for_perf(const Surroundings& here) {
  return "sudo sysctl kernel.perf_event_paranoid=" + std::to_string(kMostParanoid) + " (it is " +
         std::to_string(*here.perf_event_paranoid) +
         " here); for good: put kernel.perf_event_paranoid=" + std::to_string(kMostParanoid) +
         " into a file of /etc/sysctl.d.";
}

}  // namespace

Surroundings look_around(FilesystemKind scratch) {
  Surroundings here;
  here.scratch = scratch;
  utsname names{};
  if (::uname(&names) == 0) {
    here.release = names.release;
    std::sscanf(names.release, "%u.%u", &here.kernel.major, &here.kernel.minor);
  }
  here.in_container = is_there("/.dockerenv") || is_there("/run/.containerenv");
  here.perf_event_paranoid = number_in("/proc/sys/kernel/perf_event_paranoid");
  return here;
}

std::string remedy_for(const Capability& missing, const Surroundings& here) {
  if (missing.available) return {};
  // Memory has no dirty pages, whatever the kernel could tell of them.
  const bool wants_disk = missing.name == kDirty && here.scratch == FilesystemKind::memory;
  if (missing.name == kDisk || wants_disk) return for_disk(here);
  const auto* need = std::find_if(std::begin(kNeeds), std::end(kNeeds),
                                  [&](const Need& n) { return n.capability == missing.name; });
  if (need == std::end(kNeeds)) return {};
  if (here.kernel < need->since) {
    return "Linux " + text_of(need->since) + " or newer has it; this is " + here.release + ".";
  }
  if (here.in_container && !need->in_container.empty()) {
    return "The container may not: start it with docker run " + std::string(need->in_container) +
           ".";
  }
  const bool is_perf = need == std::begin(kNeeds);
  if (is_perf && here.perf_event_paranoid.value_or(0) > kMostParanoid) return for_perf(here);
  return std::string(need->otherwise);
}

}  // namespace real
