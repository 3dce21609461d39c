// Bytes into cells.

#include "viz/model/file_cells.h"

#include <fmt/format.h>

#include <algorithm>

namespace viz {
namespace {

constexpr std::size_t kMostCells = 8;

}  // namespace

FileCells::FileCells(const Player& player, const sim::Inode& file)
    : file_(file.name),
      format_(element_format(player, file.object)),
      page_bytes_(player.machine().page_size().count),
      bytes_(file.size.count > page_bytes_ ? page_bytes_ : format_.size),
      is_by_page_(file.size.count > page_bytes_),
      header_(is_by_page_ ? 0 : std::min(header_bytes(player.machine(), file), file.size.count)),
      knows_contents_(player.knows_contents()),
      cells_(std::min<std::size_t>(kMostCells, (file.size.count - header_ + bytes_ - 1) / bytes_)) {
}

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

RemainRow FileCells::cache_row(const sim::Machine& machine) const {
  RemainRow row = this->row(machine, sim::Truth::cache);
  const sim::Kernel& k = machine.kernel();
  const auto named = k.files.names().find(file_);
  if (named == k.files.names().end()) return row;
  const sim::Inode& inode = k.files.inode(named->second);
  for (std::size_t i = 0; i < cells_; ++i) {
    RemainView& cell = row[i];
    const sim::PgOff page{page_of(i)};
    const auto frame = inode.cache.find(page);
    const bool is_writing = std::any_of(k.under_way.begin(), k.under_way.end(), [&](const auto& w) {
      return w.object == inode.object && w.page == page;
    });
    cell.is_hollow = !frame;
    cell.state = cell.is_hollow              ? PageState::absent
                 : is_writing                ? PageState::being_written
                 : k.frames.is_dirty(*frame) ? PageState::dirty
                                             : PageState::clean;
    if (cell.is_hollow) cell.value.clear();
  }
  return row;
}

}  // namespace viz
