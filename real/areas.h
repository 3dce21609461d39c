// The program's mappings: what lies at an address, and what is known of each page's entry.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "real/inodes.h"
#include "real/page_flags.h"
#include "sim/core/computer.h"

namespace real {

enum class Backing : std::uint8_t { anonymous, shared_anonymous, file_shared, file_private };

// One mmap call. Its pages keep their numbers when parts of it are unmapped.
struct Origin {
  Backing backing = Backing::anonymous;
  std::uint32_t object = 0;  // whose pages it shows: the inode's, or its own
  Inode* inode = nullptr;
  std::uint64_t base = 0;
  std::uint64_t bytes = 0;
  std::uint64_t first_file_page = 0;
  bool may_write = true;  // false: a shared map of a file opened for reading only
  Descriptor file;  // as opened by the program, and as long as this lasts (swap.h needs it again)
  int file_there = -1;  // the same, as the process that has the mapping numbers it
  PageFlags pages;      // page_bit, counted from base
  // Places in the swap area, of pages that are swapped or unchanged since.
  std::map<std::uint64_t, std::uint32_t> slots;
  std::size_t parts = 0;
  bool had_own_page = false;  // ever: a fork copies the entries
  // The processes that still share an own page since a fork: those with the same number here.
  std::map<std::uint64_t, std::uint64_t> sharers;

  bool is_file() const {
    return backing == Backing::file_shared || backing == Backing::file_private;
  }
  bool owns_pages() const { return backing != Backing::file_shared; }
};

// A stretch of an origin that is still mapped, with one protection.
struct Area {
  std::uint64_t base = 0;
  std::uint64_t end = 0;
  Origin* origin = nullptr;
  sim::Protection protection;
};

class Areas {
 public:
  explicit Areas(sim::PageGeometry geometry) : geometry_(geometry) {}

  Origin& add(std::unique_ptr<Origin> origin, sim::Protection protection);
  // A mapping that was copied by a fork: the same stretches as there.
  void add_copy(std::unique_ptr<Origin> origin, const std::vector<Area>& parts);
  Area* find(std::uint64_t address) {
    if (last_ != nullptr && address >= last_->base && address < last_->end) return last_;
    return last_ = look_up(address);
  }
  // The areas of [from, end), cut so that none reaches over the edges.
  std::vector<Area*> isolate(std::uint64_t from, std::uint64_t end);
  bool covers(std::uint64_t from, std::uint64_t end);
  // Returns the inode that lost a mapping, if its last part went.
  Inode* remove(const Area& area);

  const std::vector<std::unique_ptr<Origin>>& origins() const { return origins_; }  // oldest first
  std::vector<Area> all() const;
  sim::PageName name_of(const Origin& origin, std::uint64_t page) const;
  std::uint64_t page_in(const Origin& origin, std::uint64_t address) const {
    return (address - origin.base) >> geometry_.shift();
  }

  // For every mapping of a file that shows its page: visit(origin, page of the mapping).
  template <class Visit>
  void for_each_view(const Inode& inode, std::uint64_t file_page, Visit visit) {
    for (const auto& origin : origins_) {
      if (origin->inode != &inode || file_page < origin->first_file_page) continue;
      const std::uint64_t page = file_page - origin->first_file_page;
      if (page < origin->bytes >> geometry_.shift()) visit(*origin, page);
    }
  }

 private:
  Area* look_up(std::uint64_t address);
  void split(std::uint64_t at);

  sim::PageGeometry geometry_;
  std::map<std::uint64_t, Area> areas_;  // by base
  Area* last_ = nullptr;                 // the area found last
  std::vector<std::unique_ptr<Origin>> origins_;
};

}  // namespace real
