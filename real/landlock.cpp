// The three system calls by number: the C library has no wrappers, and its headers may be older
// than the kernel. Numbers, layouts and bits are the kernel's ABI.

#include "real/landlock.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "real/descriptor.h"

namespace real {
namespace {

constexpr long kCreateRuleset = 444;  // the same on every architecture
constexpr long kAddRule = 445;
constexpr long kRestrictSelf = 446;
constexpr unsigned kAskVersion = 1;  // flag of the first call
constexpr int kPathBeneath = 1;

struct Ruleset {
  std::uint64_t files = 0;
  std::uint64_t network = 0;  // version 4
  std::uint64_t scoped = 0;   // version 6
};

struct [[gnu::packed]] PathBeneath {
  std::uint64_t allowed = 0;
  std::int32_t directory = -1;
};

namespace access {
constexpr std::uint64_t write_file = 1 << 1;
constexpr std::uint64_t read_file = 1 << 2;
constexpr std::uint64_t read_directory = 1 << 3;
constexpr std::uint64_t remove_file = 1 << 5;
constexpr std::uint64_t make_file = 1 << 8;
constexpr std::uint64_t truncate = 1 << 14;
}  // namespace access

// Everything that a version knows how to deny.
Ruleset all_of(long version) {
  constexpr std::uint64_t kFirst = (1 << 13) - 1;  // execute ... make_sym
  constexpr std::uint64_t kRefer = 1 << 13;        // link and rename between directories
  constexpr std::uint64_t kDeviceIoctl = 1 << 15;
  constexpr std::uint64_t kBindAndConnectTcp = 3;
  constexpr std::uint64_t kAbstractSocketsAndSignals = 3;
  Ruleset all;
  all.files = kFirst;
  if (version >= 2) all.files |= kRefer;
  if (version >= 3) all.files |= access::truncate;
  if (version >= 4) all.network = kBindAndConnectTcp;
  if (version >= 5) all.files |= kDeviceIoctl;
  if (version >= 6) all.scoped = kAbstractSocketsAndSignals;
  return all;
}

std::string refused(const char* what) { return std::string(what) + ": " + std::strerror(errno); }

}  // namespace

std::string confine_to(int directory, [[maybe_unused]] Forking forking) {
  const long version = ::syscall(kCreateRuleset, nullptr, 0, kAskVersion);
  if (version < 1) return refused("landlock_create_ruleset");
  const Ruleset denied = all_of(version);
  const Descriptor rules(static_cast<int>(::syscall(kCreateRuleset, &denied, sizeof(denied), 0)));
  if (!rules.is_open()) return refused("landlock_create_ruleset");
  const std::uint64_t wanted = access::write_file | access::read_file | access::read_directory |
                               access::remove_file | access::make_file | access::truncate;
  const PathBeneath scratch{wanted & denied.files, directory};
  if (directory >= 0 && ::syscall(kAddRule, rules.number(), kPathBeneath, &scratch, 0) != 0) {
    return refused("landlock_add_rule");
  }
#ifdef __SANITIZE_ADDRESS__
  // AddressSanitizer reads there where its stack lies, whenever a signal's handler is left by a
  // jump. Of a process that is forked later the number is not known yet.
  const char* const where = forking == Forking::allowed ? "/proc" : "/proc/self/maps";
  const Descriptor maps(::open(where, O_PATH | O_CLOEXEC));
  const PathBeneath own_maps{access::read_file, maps.number()};
  if (::syscall(kAddRule, rules.number(), kPathBeneath, &own_maps, 0) != 0) {
    return refused("landlock_add_rule");
  }
#endif
  if (::syscall(kRestrictSelf, rules.number(), 0) != 0) return refused("landlock_restrict_self");
  return {};
}

}  // namespace real
