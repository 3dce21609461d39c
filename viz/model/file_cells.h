// A file cut into the cells of a picture: its first pages, or of a file of one page its elements,
// as any computer holds them in its three truths.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/machine.h"
#include "viz/model/file_values.h"
#include "viz/model/page_state.h"

namespace viz {

// A page of the file, or of a small one an element.
struct RemainView {
  std::string value = {};  // what it holds; of two possible ones the old
  std::string other = {};  // the new one, where both are possible
  PageState state = PageState::absent;
  bool is_hollow = false;  // in no frame
  bool is_torn = false;    // old and new by sectors
  bool is_there = true;
  std::string tip = {};
};
using RemainRow = std::vector<RemainView>;

class FileCells {
 public:
  // As large as the file is now.
  FileCells(const Player&, const sim::Inode&);

  const std::string& file() const { return file_; }
  std::string unit() const;                  // "pages of log.bin", "elements of data.bin"
  std::vector<std::string> columns() const;  // their numbers
  std::size_t count() const { return cells_; }
  sim::FileOffset offset_of(std::size_t cell) const {
    return sim::FileOffset{header_ + cell * bytes_};
  }
  sim::Bytes bytes() const { return sim::Bytes{bytes_}; }
  std::uint64_t page_of(std::size_t cell) const { return (header_ + cell * bytes_) / page_bytes_; }
  std::uint64_t page_bytes() const { return page_bytes_; }

  // The element that the bytes are full of; of different ones the first and a mark.
  std::string text_of(std::span<const std::byte>) const;
  RemainRow row(const sim::Machine&, sim::Truth) const;
  // The page cache with the states of its pages; those in no frame are hollow.
  RemainRow cache_row(const sim::Machine&) const;

 private:
  std::string file_;
  ElementFormat format_;
  std::uint64_t page_bytes_, bytes_;
  bool is_by_page_;
  std::uint64_t header_;  // bytes before the first element shown
  bool knows_contents_;   // else bytes are zeros that stand for what was forgotten
  std::size_t cells_;
};

}  // namespace viz
