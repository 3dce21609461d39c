// The operations that a recording knows, by number. Each is written by Recorder and read by Replay.

#pragma once

#include <cstdint>

namespace viz {

enum class Operation : std::uint8_t {
  open,
  close,
  lseek,
  read_to_memory,
  read,
  write_from_memory,
  write,
  ftruncate,
  fsync,
  fstat,
  stat,
  unlink,
  rename,
  mmap,
  munmap,
  mprotect,
  msync,
  madvise,
  load,
  store,
  for_each,
  fork,
  switch_to,
  exit,
};

}  // namespace viz
