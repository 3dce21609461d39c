// The list as a BPF program: one group of instructions a row, in order, and death at the end.

#include "real/seccomp_filter.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <vector>

namespace real {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kArchitecture = 0;
#endif

using Code = std::vector<sock_filter>;

sock_filter statement(int code, std::uint32_t value) {
  return {static_cast<std::uint16_t>(code), 0, 0, value};
}
// Goes on with the next instruction when the comparison holds, else skips `over` of them.
sock_filter unless(int comparison, std::uint32_t value, std::uint8_t over) {
  return {static_cast<std::uint16_t>(BPF_JMP | comparison | BPF_K), 0, over, value};
}

sock_filter load(std::size_t offset) {
  return statement(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}
sock_filter load_number() { return load(offsetof(seccomp_data, nr)); }
// Little-endian machines: the lower half comes first.
sock_filter load_argument(std::uint8_t argument) {
  return load(offsetof(seccomp_data, args) + argument * sizeof(std::uint64_t));
}
sock_filter end_with(std::uint32_t action) { return statement(BPF_RET | BPF_K, action); }

void append(Code& code, const AllowedCall& call) {
  const auto number = static_cast<std::uint32_t>(call.number);
  if (call.demand == Demand::nothing) {
    code.insert(code.end(), {unless(BPF_JEQ, number, 1), end_with(SECCOMP_RET_ALLOW)});
    return;
  }
  const bool own = call.demand == Demand::names_this_process;
  const std::uint32_t value = own ? static_cast<std::uint32_t>(::getpid()) : call.value;
  code.insert(code.end(), {unless(BPF_JEQ, number, 4), load_argument(call.argument)});
  if (call.demand == Demand::without) {
    const sock_filter any_bit{BPF_JMP | BPF_JSET | BPF_K, 1, 0, value};
    code.push_back(any_bit);
  } else {
    code.push_back(unless(BPF_JEQ, value, 1));
  }
  code.insert(code.end(), {end_with(SECCOMP_RET_ALLOW), load_number()});
}

Code code_of(std::span<const AllowedCall> calls) {
  // Another architecture's numbers (32-bit programs) mean other calls. The x32 numbers of x86-64
  // are in no row.
  Code code{load(offsetof(seccomp_data, arch)),
            {BPF_JMP | BPF_JEQ | BPF_K, 1, 0, kArchitecture},
            end_with(SECCOMP_RET_KILL_PROCESS),
            load_number()};
  for (const AllowedCall& call : calls) append(code, call);
  code.push_back(end_with(SECCOMP_RET_KILL_PROCESS));
  return code;
}

}  // namespace

std::string allow_only(std::span<const AllowedCall> calls) {
  if (kArchitecture == 0) return "this processor's system calls are not in the list";
  Code code = code_of(calls);
  const sock_fprog program{static_cast<unsigned short>(code.size()), code.data()};
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
    return std::string("prctl(PR_SET_SECCOMP): ") + std::strerror(errno);
  }
  return {};
}

}  // namespace real
