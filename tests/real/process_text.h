// What a process has mapped, in words.

#pragma once

#include <string>

#include "sim/core/computer.h"

namespace real {

inline std::string text_of_process(const sim::ProcessState& process) {
  std::string text = "process " + std::to_string(process.id.number) + " reserved " +
                     std::to_string(process.reserved.count) + ", swapped " +
                     std::to_string(process.swapped.count);
  if (!process.resident) return text + ", in frames not known";
  return text + ", RssAnon " + std::to_string(process.resident->anonymous.count) + ", RssFile " +
         std::to_string(process.resident->file.count) + ", RssShmem " +
         std::to_string(process.resident->shared.count);
}

}  // namespace real
