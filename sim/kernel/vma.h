// One virtual memory area: a range of pages with the same protection and the same backing.

#pragma once

#include <cstdint>
#include <optional>

#include "sim/core/computer.h"
#include "sim/core/event.h"
#include "sim/core/units.h"

namespace sim {

struct Vma {
  Vpn first;
  Vpn end;  // one past the last page
  Protection protection;
  Sharing sharing = Sharing::private_copy;
  bool may_write = true;  // mprotect may allow stores: false for a shared map of a read-only file

  std::uint32_t file = kNoObject;      // the inode whose pages it shows
  PgOff file_page;                     // the file's page at `first`
  std::uint64_t description = 0;       // what it was opened as (OpenDescription)
  std::uint32_t mapping = kNoObject;   // the mapping object that own pages belong to
  Vpn mapping_first;                   // where that mapping began, to count its pages from
  std::uint32_t own_root = kNoObject;  // the mapping that mmap made, which a fork copied
  bool had_own_page = false;           // ever (Linux: it has an anon_vma)
  std::uint64_t serial = 0;            // how many mmap calls came before: newest is largest

  bool has_file() const { return file != kNoObject; }
  bool has_own_pages() const { return mapping != kNoObject; }
  bool is_shared_memory() const { return !has_file() && sharing == Sharing::shared; }
  bool is_shared_file() const { return has_file() && sharing == Sharing::shared; }
  bool permits(Access access) const {
    return access == Access::write ? protection.write : protection.read || protection.write;
  }

  // Requires: has_file(), and vpn lies in the area.
  PgOff file_page_at(Vpn vpn) const { return file_page + (vpn - first); }
  PageName file_name_at(Vpn vpn) const {
    return {file, static_cast<std::uint32_t>(file_page_at(vpn).index)};
  }
  // Requires: has_own_pages(), and vpn lies in the area.
  PageName own_name_at(Vpn vpn) const {
    return {mapping, static_cast<std::uint32_t>((vpn - mapping_first).count)};
  }
  // What a fault at vpn is about.
  PageName name_at(Vpn vpn) const { return has_file() ? file_name_at(vpn) : own_name_at(vpn); }
};

}  // namespace sim
