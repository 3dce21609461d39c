// Bytes into cells.

#include "viz/model/file_cells.h"

#include <fmt/format.h>

#include <algorithm>

namespace viz {
namespace {

constexpr std::size_t kMostCells = 8;

}  // namespace

FileCells::FileCells(const Player& player, const sim::FileState& file)
    : file_(file.name),
      format_(element_format(player, file.object)),
      page_bytes_(player.machine().page_size().count),
      bytes_(file.size.count > page_bytes_ ? page_bytes_ : format_.size),
      is_by_page_(file.size.count > page_bytes_),
      knows_contents_(player.knows_contents()),
      cells_(std::min<std::size_t>(kMostCells, (file.size.count + bytes_ - 1) / bytes_)) {}

std::string FileCells::unit() const {
  return fmt::format("{} of {}", is_by_page_ ? "pages" : "elements", file_);
}

std::vector<std::string> FileCells::columns() const {
  std::vector<std::string> numbers;
  for (std::size_t i = 0; i < cells_; ++i) numbers.push_back(std::to_string(i));
  return numbers;
}

std::string FileCells::text_of(std::span<const std::byte> bytes) const {
  if (bytes.size() < format_.size) return "";
  if (!knows_contents_) return "?";
  const auto first = bytes.first(format_.size);
  const std::string text = element_text(format_, first);
  for (std::size_t at = 0; at + format_.size <= bytes.size(); at += format_.size) {
    if (!std::equal(first.begin(), first.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at))) {
      return text + "…";
    }
  }
  return text;
}

RemainRow FileCells::row(const sim::Machine& as_it_is, sim::Truth truth) const {
  RemainRow row;
  sim::Machine machine = as_it_is;
  for (std::size_t i = 0; i < cells_; ++i) {
    const sim::FileBytes got = machine.bytes_of(file_, truth, offset_of(i), bytes());
    RemainView cell;
    cell.is_there = got.bytes && !got.bytes->empty();
    if (cell.is_there) cell.value = text_of(*got.bytes);
    row.push_back(std::move(cell));
  }
  return row;
}

RemainRow FileCells::cache_row(const sim::Machine& as_it_is) const {
  RemainRow row = this->row(as_it_is, sim::Truth::cache);
  sim::Machine machine = as_it_is;
  const sim::Observation seen = machine.observe();
  const auto file = std::find_if(seen.files.begin(), seen.files.end(),
                                 [&](const auto& f) { return f.name == file_; });
  const auto lies_in = [](const sim::PageRanges& pages, std::uint64_t page) {
    return std::any_of(pages.ranges().begin(), pages.ranges().end(),
                       [&](const auto& r) { return r.first <= page && page < r.end; });
  };
  for (std::size_t i = 0; file != seen.files.end() && i < cells_; ++i) {
    RemainView& cell = row[i];
    const std::uint64_t page = page_of(i);
    cell.is_hollow = !lies_in(file->resident, page);
    cell.state = cell.is_hollow                 ? PageState::absent
                 : lies_in(file->writing, page) ? PageState::being_written
                 : lies_in(file->dirty, page)   ? PageState::dirty
                                                : PageState::clean;
    if (cell.is_hollow) cell.value.clear();
  }
  return row;
}

}  // namespace viz
