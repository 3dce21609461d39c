// Runs a command where something is forbidden, as a container forbids it.
//
//   forbid perf,uffd COMMAND [ARGUMENT...]
//
// System calls fail with EPERM by a seccomp filter. A file such as pagemap has no call of its own:
// it cannot be opened for reading, by Landlock.

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr std::uint16_t kLoad = BPF_LD | BPF_W | BPF_ABS;
constexpr std::uint16_t kIfEqual = BPF_JMP | BPF_JEQ | BPF_K;
constexpr std::uint16_t kReturn = BPF_RET | BPF_K;
constexpr std::uint32_t kRefuse = SECCOMP_RET_ERRNO | EPERM;

bool install(std::vector<sock_filter> code) {
  code.push_back({kReturn, 0, 0, SECCOMP_RET_ALLOW});
  const sock_fprog program{static_cast<unsigned short>(code.size()), code.data()};
  return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

bool forbid_calls(const std::vector<std::uint32_t>& numbers) {
  std::vector<sock_filter> code{{kLoad, 0, 0, offsetof(seccomp_data, nr)}};
  for (const std::uint32_t number : numbers) {
    code.push_back({kIfEqual, 0, 1, number});
    code.push_back({kReturn, 0, 0, kRefuse});
  }
  return install(std::move(code));
}

// The call, and prctl's older way to the same.
bool forbid_seccomp() {
  return install({{kLoad, 0, 0, offsetof(seccomp_data, nr)},
                  {kIfEqual, 0, 1, SYS_seccomp},
                  {kReturn, 0, 0, kRefuse},
                  {kIfEqual, 0, 3, SYS_prctl},
                  {kLoad, 0, 0, offsetof(seccomp_data, args)},
                  {kIfEqual, 0, 1, PR_SET_SECCOMP},
                  {kReturn, 0, 0, kRefuse}});
}

void may_read(int rules, const fs::path& path) {
  const int fd = ::open(path.c_str(), O_PATH | O_CLOEXEC);
  if (fd < 0) return;
  const landlock_path_beneath_attr rule{LANDLOCK_ACCESS_FS_READ_FILE, fd};
  ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  ::close(fd);
}

// Everything can be read but the files of /proc's processes; of this one, which is to become the
// command, all but pagemap.
bool forbid_pagemap() {
  const landlock_ruleset_attr attributes{LANDLOCK_ACCESS_FS_READ_FILE};
  const int rules =
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, sizeof(attributes), 0));
  if (rules < 0) return false;
  const auto allow_all_in = [&](const fs::path& folder, auto is_left_out) {
    std::error_code ended;
    for (const auto& entry : fs::directory_iterator(folder, ended)) {
      if (!is_left_out(entry.path().filename().string())) may_read(rules, entry.path());
    }
  };
  allow_all_in("/", [](const std::string& name) { return name == "proc"; });
  allow_all_in("/proc", [](const std::string& name) {
    return name == "self" || name == "thread-self" || (name[0] >= '0' && name[0] <= '9');
  });
  allow_all_in("/proc/" + std::to_string(::getpid()), [](const std::string& name) {
    return name == "pagemap" || name == "task" || name == "cwd" || name == "root" || name == "exe";
  });
  return ::syscall(SYS_landlock_restrict_self, rules, 0) == 0;
}

constexpr std::uint32_t kCachestat = 451;

bool forbid(const std::string& what) {
  if (what == "perf") return forbid_calls({SYS_perf_event_open});
  if (what == "uffd") return forbid_calls({SYS_userfaultfd});
  if (what == "cachestat") return forbid_calls({kCachestat});
  if (what == "landlock") {
    return forbid_calls(
        {SYS_landlock_create_ruleset, SYS_landlock_add_rule, SYS_landlock_restrict_self});
  }
  if (what == "seccomp") return forbid_seccomp();
  if (what == "pagemap") return forbid_pagemap();
  std::fprintf(stderr, "forbid: %s is not known\n", what.c_str());
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3 || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return 125;
  // The filters come last: they may forbid what the others need.
  std::istringstream list(argv[1]);
  for (std::string what; std::getline(list, what, ',');) {
    if (forbid(what)) continue;
    std::perror("forbid");
    return 125;
  }
  ::execvp(argv[2], argv + 2);
  std::perror("forbid");
  return 125;
}
