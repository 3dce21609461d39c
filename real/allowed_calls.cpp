// The seal's allow-list: every system call that a child may make once its program runs. To add one,
// add a row and say what for; a call that reaches beyond the scratch directory, this process or its
// open descriptors has no place here.

#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "real/kernel_calls.h"
#include "real/seccomp_filter.h"

namespace real {
namespace {

constexpr AllowedCall request(std::uint64_t number, const char* what_for) {
  return {SYS_ioctl, what_for, Demand::equals, 1, static_cast<std::uint32_t>(number)};
}
constexpr AllowedCall descriptor_flag(int number, const char* what_for) {
  return {SYS_fcntl, what_for, Demand::equals, 1, static_cast<std::uint32_t>(number)};
}
constexpr AllowedCall without_execute(long number, const char* what_for) {
  return {number, what_for, Demand::without, 2, PROT_EXEC};
}

constexpr AllowedCall kAllowed[] = {
    // The program's files. Landlock says where openat, unlinkat and renameat may reach.
    {SYS_openat, "open"},
    {SYS_close, "close"},
    {SYS_read, "read; the wake-up pipe"},
    {SYS_write, "write; the wake-up pipe; stderr"},
    {SYS_readv, "the C++ library's streams"},
    {SYS_writev, "the C++ library's last words"},
    {SYS_pread64, "bytes for the three truths; swap; pagemap"},
    {SYS_pwrite64, "swap"},
    {SYS_lseek, "seek; holes"},
    {SYS_ftruncate, "truncate"},
    {SYS_fsync, "fsync"},
    {SYS_fdatasync, "cold start"},
    {SYS_fstat, "size"},
    {SYS_newfstatat, "size, by name"},
    {SYS_unlinkat, "remove"},
    {SYS_renameat, "rename"},
    {SYS_renameat2, "rename"},
    {SYS_getdents64, "list of files"},
    {SYS_fadvise64, "exact reads; eviction"},
    {SYS_sync_file_range, "eviction of a dirty page"},
    {kCachestatNumber, "what the page cache holds"},
    descriptor_flag(F_GETFL, "fdopendir"),
    descriptor_flag(F_GETFD, "fdopendir"),
    descriptor_flag(F_SETFD, "fdopendir"),
    descriptor_flag(F_DUPFD_CLOEXEC, "a second descriptor of an open file"),

    // The program's memory, and this process's own.
    without_execute(SYS_mmap, "mappings; malloc"),
    without_execute(SYS_mprotect, "mappings; malloc"),
    {SYS_munmap, "mappings; malloc"},
    {SYS_mremap, "realloc"},
    {SYS_madvise, "exact mode; eviction"},
    {SYS_msync, "flush"},
    {SYS_mincore, "what the page cache holds, where cachestat is missing"},
    {SYS_brk, "malloc"},
    request(kPagemapScan, "what is in frames"),
    request(UFFDIO_REGISTER, "swap; no fault-around"),
    request(UFFDIO_UNREGISTER, "swap"),
    request(UFFDIO_COPY, "swap in"),
    request(UFFDIO_ZEROPAGE, "swap in"),
    request(UFFDIO_WAKE, "swap in"),

    // Time, counters, waiting for the parent.
    {SYS_getrusage, "faults inside a system call"},
    {SYS_clock_gettime, "the time budget"},
    {SYS_nanosleep, "waiting for the disk"},
    {SYS_clock_nanosleep, "waiting for the disk"},
    {SYS_poll, "the wake-up pipe"},
    {SYS_ppoll, "the wake-up pipe"},
    {SYS_futex, "locks of the C library"},
    {SYS_sched_yield, "locks of the C library"},
    {SYS_restart_syscall, "a sleep goes on after SIGCONT"},
    {SYS_getrandom, "hash seeds of the C++ library"},

    // Signals of the program, and its end.
    {SYS_rt_sigaction, "the handlers of SIGSEGV and SIGBUS"},
    {SYS_rt_sigprocmask, "their masks; abort"},
    {SYS_rt_sigreturn, "their return"},
    {SYS_sigaltstack, "their stack"},
    {SYS_getpid, "abort"},
    {SYS_gettid, "abort"},
    {SYS_tgkill, "abort", Demand::names_this_process, 0},
    {SYS_exit, "the end"},
    {SYS_exit_group, "the end"},

#ifdef __SANITIZE_ADDRESS__
    // UndefinedBehaviorSanitizer writes an object's first bytes to a pipe to learn whether they can
    // be read; AddressSanitizer asks the C library about its stack.
    {SYS_pipe2, "the sanitizers' own"},
    {SYS_prlimit64, "the sanitizers' own", Demand::equals, 2, 0},  // asks, sets nothing
    {SYS_sched_getaffinity, "the sanitizers' own"},
#endif
};

// What a program that forks needs besides. A process of the same kind, with the same seal.
constexpr std::uint32_t kForkFlags = CLONE_CHILD_CLEARTID | CLONE_CHILD_SETTID | SIGCHLD;
constexpr AllowedCall kToFork[] = {
    {SYS_clone, "fork, not a thread", Demand::equals, 0, kForkFlags},
    {SYS_set_robust_list, "the C library, in a new process"},
    {SYS_rseq, "the C library, in a new process"},
    {SYS_pipe2, "requests to the forked process, and its answers"},
    {SYS_wait4, "its end"},
    {SYS_userfaultfd, "of the forked process: it inherits none", Demand::equals, 0,
     UFFD_USER_MODE_ONLY | O_CLOEXEC | O_NONBLOCK},
    request(UFFDIO_API, "the same"),
    {SYS_move_pages, "which of its pages are in frames; moves none", Demand::equals, 3, 0},
};

}  // namespace

std::vector<AllowedCall> allowed_calls(Forking forking) {
  std::vector<AllowedCall> calls(std::begin(kAllowed), std::end(kAllowed));
  if (forking == Forking::allowed)
    calls.insert(calls.end(), std::begin(kToFork), std::end(kToFork));
  return calls;
}

}  // namespace real
