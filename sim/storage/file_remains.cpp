// Counting without enumerating: sizes are summed over, pages multiplied.

#include "sim/storage/file_remains.h"

#include <algorithm>
#include <cstring>

namespace sim {

const char* name_of(Origin origin) {
  switch (origin) {
    case Origin::disk: return "disk";
    case Origin::cache: return "cache";
    case Origin::write: return "write";
    case Origin::torn_write: return "torn_write";
    case Origin::before_cut: return "before_cut";
  }
  return "?";
}

void PageRemains::add(Origin origin, const Ref<PageBlock>& block) {
  const bool is_known = std::any_of(whole_.begin(), whole_.end(), [&](const Whole& w) {
    return w.block == block ||
           std::memcmp(bytes_in(w.block), bytes_in(block), page_size_.count) == 0;
  });
  if (!is_known) whole_.push_back({origin, block});
}

void PageRemains::add_write(const Ref<PageBlock>& from, const Ref<PageBlock>& to) {
  SIM_CHECK(whole_.empty());
  add(Origin::disk, from);
  add(Origin::write, to);
  is_torn_ = whole_.size() == 2;
}

std::vector<Origin> PageRemains::origins() const {
  std::vector<Origin> list;
  for (const Whole& w : whole_) list.push_back(w.origin);
  if (is_torn_ && count(page_size_.count).log2() > std::log2(static_cast<double>(whole_.size()))) {
    list.push_back(Origin::torn_write);
  }
  return list;
}

// How many contents there are of a prefix that grows byte by byte: those that the torn write makes,
// and the others that differ from all of those and from each other.
class PageRemains::Prefix {
 public:
  explicit Prefix(const PageRemains& page) : page_(page) {
    first_other_ = page.is_torn_ ? 2 : 0;
    others_.resize(page.whole_.size() - first_other_);
    for (Other& other : others_) other.same_as_earlier.assign(others_.size(), true);
  }

  void grow_to(std::uint64_t n) {
    while (at_ < n) {
      const std::uint64_t sector_end = (at_ / kSectorBytes + 1) * kSectorBytes;
      const std::uint64_t end = std::min(n, sector_end);
      if (all_equal(at_, end)) {
        at_ = end;
      } else {
        take_byte();
      }
      if (at_ % kSectorBytes == 0) begin_sector();
    }
  }
  // Up to where the count cannot change: `n` at most.
  std::uint64_t stays_until(std::uint64_t n) const {
    const std::uint64_t end = std::min(n, (at_ / kSectorBytes + 1) * kSectorBytes);
    return all_equal(at_, end) ? end : at_ + 1;
  }
  std::uint64_t at() const { return at_; }

  ImageCount count() const {
    ImageCount mixes(page_.is_torn_ ? 1 : 0);
    for (std::uint64_t i = 0; i < torn_sectors_; ++i) mixes = mixes * ImageCount(2);
    std::uint64_t others = 0;
    for (std::size_t i = 0; i < others_.size(); ++i) {
      bool is_new = !(page_.is_torn_ && others_[i].is_mix);
      for (std::size_t j = 0; j < i; ++j) is_new = is_new && !others_[i].same_as_earlier[j];
      others += is_new ? 1 : 0;
    }
    return mixes + ImageCount(others);
  }

 private:
  struct Other {
    bool is_mix = true;         // so far each sector is that of the one or of the other
    bool is_old_sector = true;  // this sector is so far the old one's
    bool is_new_sector = true;  // and the new one's
    std::vector<bool> same_as_earlier;
  };

  std::byte byte(std::size_t k, std::uint64_t at) const {
    return bytes_in(page_.whole_[k].block)[at];
  }
  bool all_equal(std::uint64_t from, std::uint64_t to) const {
    for (std::size_t k = 1; k < page_.whole_.size(); ++k) {
      if (std::memcmp(bytes_in(page_.whole_[0].block) + from,
                      bytes_in(page_.whole_[k].block) + from, to - from) != 0) {
        return false;
      }
    }
    return true;
  }
  void begin_sector() {
    sector_differs_ = false;
    for (Other& other : others_) other.is_old_sector = other.is_new_sector = true;
  }
  void take_byte() {
    if (page_.is_torn_ && !sector_differs_ && byte(0, at_) != byte(1, at_)) {
      sector_differs_ = true;
      ++torn_sectors_;
    }
    for (std::size_t i = 0; i < others_.size(); ++i) {
      Other& other = others_[i];
      const std::byte mine = byte(first_other_ + i, at_);
      for (std::size_t j = 0; j < i; ++j) {
        if (mine != byte(first_other_ + j, at_)) other.same_as_earlier[j] = false;
      }
      if (!page_.is_torn_) continue;
      other.is_old_sector = other.is_old_sector && mine == byte(0, at_);
      other.is_new_sector = other.is_new_sector && mine == byte(1, at_);
      other.is_mix = other.is_mix && (other.is_old_sector || other.is_new_sector);
    }
    ++at_;
  }

  const PageRemains& page_;
  std::size_t first_other_ = 0;
  std::vector<Other> others_;
  std::uint64_t at_ = 0;
  std::uint64_t torn_sectors_ = 0;
  bool sector_differs_ = false;
};

ImageCount PageRemains::count(std::uint64_t n) const {
  Prefix prefix(*this);
  prefix.grow_to(n);
  return prefix.count();
}

ImageCount PageRemains::count_sizes(std::uint64_t first, std::uint64_t last) const {
  ImageCount sum;
  Prefix prefix(*this);
  prefix.grow_to(first);
  while (prefix.at() <= last) {
    // From here on, sizes whose count is the same: those that end in bytes all contents agree on.
    const ImageCount count = prefix.count();
    const std::uint64_t from = prefix.at();
    const std::uint64_t next = from < last ? prefix.stays_until(last) : from + 1;
    if (next == from + 1) {
      sum = sum + count;
      if (from == last) break;
      prefix.grow_to(next);
      continue;
    }
    sum = sum + count * ImageCount(next - from);
    prefix.grow_to(next);
  }
  return sum;
}

Ref<PageBlock> PageRemains::draw(Rng& rng) const {
  const std::uint64_t which = rng.below(whole_.size() + (is_torn_ ? 2 : 0));
  if (which < whole_.size()) return whole_[which].block;
  Ref<PageBlock> torn = PageBlock::zeroed(page_size_);
  for (std::uint64_t at = 0; at < page_size_.count; at += kSectorBytes) {
    const std::byte* from = bytes_in(whole_[rng.below(2)].block);
    std::memcpy(torn->data() + at, from + at, std::min(kSectorBytes, page_size_.count - at));
  }
  return torn;
}

bool PageRemains::allows(const std::byte* bytes, std::uint64_t n) const {
  const auto is_at = [&](const Whole& w, std::uint64_t at, std::uint64_t length) {
    return std::memcmp(bytes_in(w.block) + at, bytes + at, length) == 0;
  };
  for (const Whole& w : whole_) {
    if (is_at(w, 0, n)) return true;
  }
  if (!is_torn_) return false;
  for (std::uint64_t at = 0; at < n; at += kSectorBytes) {
    const std::uint64_t length = std::min(kSectorBytes, n - at);
    if (!is_at(whole_[0], at, length) && !is_at(whole_[1], at, length)) return false;
  }
  return true;
}

bool PageRemains::is_certain_at(std::uint64_t at) const {
  return std::all_of(whole_.begin(), whole_.end(), [&](const Whole& w) {
    return bytes_in(w.block)[at] == bytes_in(whole_[0].block)[at];
  });
}

ImageCount FileRemains::count() const {
  const std::uint64_t page_size = geometry.page_size().count;
  ImageCount sum(smallest.count == 0 ? 1 : 0);
  ImageCount before(1);  // contents of the pages before this one
  // Sizes from `first` to `last`, whose last bytes are certain.
  const auto add_certain = [&](std::uint64_t first, std::uint64_t last) {
    first = std::max({first, smallest.count, std::uint64_t{1}});
    last = std::min(last, largest.count);
    if (first <= last) sum = sum + before * ImageCount(last - first + 1);
  };
  std::uint64_t done = 0;  // sizes up to this are counted
  for (const auto& [number, page] : open) {
    const std::uint64_t start = number * page_size;
    add_certain(done + 1, start);
    const std::uint64_t first = std::max({start + 1, smallest.count, std::uint64_t{1}});
    const std::uint64_t last = std::min(start + page_size, largest.count);
    if (first <= last) sum = sum + before * page.count_sizes(first - start, last - start);
    before = before * page.count(page_size);
    done = start + page_size;
  }
  add_certain(done + 1, largest.count);
  return sum;
}

std::vector<std::byte> FileImage::bytes(FileOffset from, Bytes length) const {
  const std::uint64_t begin = std::min(from.index, size.count);
  const std::uint64_t end = begin + std::min(length.count, size.count - begin);
  std::vector<std::byte> all(end - begin);
  for (std::uint64_t at = begin; at < end;) {
    const std::uint64_t within = geometry.within_page(FileOffset{at}).count;
    const std::uint64_t n = std::min(end - at, geometry.page_size().count - within);
    const std::uint64_t page = geometry.page_of(FileOffset{at}).index;
    const auto found = drawn.find(page);
    const Ref<PageBlock>& block =
        found == drawn.end() ? certain[static_cast<std::uint32_t>(page)] : found->second;
    std::memcpy(&all[at - begin], bytes_in(block) + within, n);
    at += n;
  }
  return all;
}

// The smallest and the largest size come up as often as all those between them.
FileImage draw(const FileRemains& file, Rng& rng) {
  const std::uint64_t span = file.largest.count - file.smallest.count;
  const std::uint64_t kind = rng.below(3);
  std::uint64_t extra = kind == 0 ? 0 : span;
  if (kind == 2 && span > 0) extra = rng.below(span + 1);
  FileImage image{file.geometry, Bytes{file.smallest.count + extra}, {}, file.certain};
  for (const auto& [number, page] : file.open) image.drawn[number] = page.draw(rng);
  return image;
}

}  // namespace sim
