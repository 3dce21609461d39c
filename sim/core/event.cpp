// The words for events, as they stand in JSON and on the terminal.

#include "sim/core/event.h"

namespace sim {

const char* name_of(EventKind kind) {
  switch (kind) {
    case EventKind::access: return "access";
    case EventKind::tlb_miss: return "tlb_miss";
    case EventKind::fault_minor: return "fault_minor";
    case EventKind::fault_major: return "fault_major";
    case EventKind::page_in: return "page_in";
    case EventKind::evict: return "evict";
    case EventKind::swap_out: return "swap_out";
    case EventKind::swap_in: return "swap_in";
    case EventKind::dirty: return "dirty";
    case EventKind::write_back: return "write_back";
    case EventKind::system_call: return "system_call";
    case EventKind::signal: return "signal";
    case EventKind::disk_error: return "disk_error";
    case EventKind::process_switch: return "process_switch";
  }
  return "?";
}

const char* name_of(WriteBackReason reason) {
  switch (reason) {
    case WriteBackReason::flush: return "flush";
    case WriteBackReason::eviction: return "eviction";
    case WriteBackReason::background: return "background";
    case WriteBackReason::replacement: return "replacement";
  }
  return "?";
}

const char* name_of(Eviction what) {
  switch (what) {
    case Eviction::dropped: return "dropped";
    case Eviction::written_back: return "written_back";
    case Eviction::swapped_out: return "swapped_out";
  }
  return "?";
}

const char* name_of(DiskError what) {
  switch (what) {
    case DiskError::read_failed: return "read_failed";
    case DiskError::write_failed: return "write_failed";
    case DiskError::full: return "full";
  }
  return "?";
}

const char* name_of(SystemCall call) {
  switch (call) {
    case SystemCall::open: return "open";
    case SystemCall::close: return "close";
    case SystemCall::lseek: return "lseek";
    case SystemCall::read: return "read";
    case SystemCall::write: return "write";
    case SystemCall::ftruncate: return "ftruncate";
    case SystemCall::fsync: return "fsync";
    case SystemCall::fstat: return "fstat";
    case SystemCall::unlink: return "unlink";
    case SystemCall::rename: return "rename";
    case SystemCall::mmap: return "mmap";
    case SystemCall::munmap: return "munmap";
    case SystemCall::mprotect: return "mprotect";
    case SystemCall::msync: return "msync";
    case SystemCall::madvise: return "madvise";
    case SystemCall::exit: return "exit";
    case SystemCall::fork: return "fork";
  }
  return "?";
}

}  // namespace sim
