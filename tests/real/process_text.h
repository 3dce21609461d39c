// What a process has mapped, in words.

#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "sim/core/computer.h"

namespace real {

inline std::string text_of_process(const sim::ProcessState& process) {
  std::string text = "process " + std::to_string(process.id.number) + " reserved " +
                     std::to_string(process.reserved.count) + ", swapped " +
                     std::to_string(process.swapped.count);
  if (!process.resident) return text + ", in frames not known";
  std::multiset<std::pair<std::uint32_t, std::uint64_t>> pages;
  for (const sim::FileEntries& mapping : process.file_entries) {
    for (const sim::PageRange& range : mapping.pages.ranges()) {
      for (std::uint64_t p = range.first; p < range.end; ++p) pages.emplace(mapping.object, p);
    }
  }
  for (const auto& [object, page] : pages) {
    text += " " + std::to_string(object) + ":" + std::to_string(page);
  }
  return text + ", RssAnon " + std::to_string(process.resident->anonymous.count) + ", RssFile " +
         std::to_string(process.resident->file.count) + ", RssShmem " +
         std::to_string(process.resident->shared.count);
}

}  // namespace real
