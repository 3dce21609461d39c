// What may be found of one file after a power cut: any of its possible sizes, and of each page that
// was not safe any of its possible contents.

#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "sim/core/page_block.h"
#include "sim/core/page_ranges.h"
#include "sim/core/rng.h"
#include "sim/core/sparse_table.h"
#include "sim/core/units.h"
#include "sim/storage/image_count.h"

namespace sim {

// What a disk writes whole or not at all: a write that a power cut interrupts is old and new by
// sectors (SCSI and NVMe disks promise no more than their logical block, commonly 512 bytes).
inline constexpr std::uint64_t kSectorBytes = 512;

// Where a page's content comes from.
enum class Origin : std::uint8_t {
  disk,        // the disk as it is
  cache,       // the page cache: written in the last moment
  write,       // a write that was under way, and became complete
  torn_write,  // sectors of that write between sectors of the disk as it was
  before_cut,  // the disk as it was before a truncation that is not durable
};
const char* name_of(Origin);

// One page, in at least two ways.
class PageRemains {
 public:
  explicit PageRemains(Bytes page_size) : page_size_(page_size) {}

  // Null: zeros. Contents that are there already are left out.
  void add(Origin, const Ref<PageBlock>&);
  // The disk's content is being replaced. Requires: called first, on an empty value.
  void add_write(const Ref<PageBlock>& from, const Ref<PageBlock>& to);

  bool is_certain() const { return !is_torn_ && whole_.size() < 2; }
  std::vector<Origin> origins() const;
  // How many different contents its first bytes can have. Requires: n <= page size.
  ImageCount count(std::uint64_t n) const;
  // The sum of count(n) for all n from `first` to `last`. Requires: 1 <= first.
  ImageCount count_sizes(std::uint64_t first, std::uint64_t last) const;
  // One of the contents.
  Ref<PageBlock> draw(Rng&) const;
  bool allows(const std::byte* bytes, std::uint64_t n) const;
  // A byte that is the same in all contents.
  bool is_certain_at(std::uint64_t at) const;

 private:
  struct Whole {
    Origin origin;
    Ref<PageBlock> block;
  };
  class Prefix;

  Bytes page_size_;
  bool is_torn_ = false;  // whole_[0] and whole_[1] mix by sectors
  std::vector<Whole> whole_;
};

struct FileRemains {
  PageGeometry geometry;
  Bytes smallest;
  Bytes largest;
  std::map<std::uint64_t, PageRemains> open;  // pages with more than one content
  SparseTable<Ref<PageBlock>> certain;        // the others

  ImageCount count() const;
};

// One way in which a file may be found.
struct FileImage {
  PageGeometry geometry;
  Bytes size;
  std::map<std::uint64_t, Ref<PageBlock>> drawn;
  SparseTable<Ref<PageBlock>> certain;

  std::vector<std::byte> bytes(FileOffset from, Bytes length) const;
};
FileImage draw(const FileRemains&, Rng&);

}  // namespace sim
