// One file, its first pages, three columns.

#include "viz/model/plug_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/storage/disk_remains.h"
#include "viz/model/words.h"

namespace viz {
namespace {

// "4,096"; of very many the power of two.
std::string count_text(const sim::ImageCount& count) {
  const std::string digits = count.decimal();
  const bool is_short = !digits.empty() && digits.size() < 16;
  return is_short ? with_commas(std::stoull(digits)) : fmt::format("2^{:.0f}", count.log2());
}

class PlugMaker {
 public:
  PlugMaker(const Player& player, const sim::Inode& file, std::uint64_t seed)
      : machine_(player.machine()),
        remains_(machine_.after_power_cut()),
        seed_(seed),
        cells_(player, file),
        object_(file.object) {}

  PlugView view();

 private:
  void add_now();
  void add_cut();
  void add_kinds();
  void add_images();
  const sim::FileRemains* remains() const;
  std::uint64_t page_bytes() const { return cells_.page_bytes(); }
  RemainView open_cell(std::size_t cell, const sim::FileRemains&) const;

  sim::Machine machine_;
  sim::DiskRemains remains_;
  std::uint64_t seed_;
  PlugView view_;
  FileCells cells_;
  std::uint32_t object_;
};

void PlugMaker::add_now() {
  const auto rows = [&](const sim::Machine& machine) {
    return DisasterView{.cache = cells_.cache_row(machine),
                        .disk = cells_.row(machine, sim::Truth::durable)};
  };
  view_.now = rows(machine_);
  view_.now.title = "Now";
  view_.now.subtitle = "the program runs";
  view_.now.program = cells_.row(machine_, sim::Truth::program);
  view_.now.figure = "1";
  view_.now.figure_label = "state, and all of it visible";
  sim::Machine killed = machine_;
  killed.exit();
  view_.killed = rows(killed);
  view_.killed.title = "After kill -9";
  view_.killed.subtitle = "the process is gone";
  view_.killed.figure = "1";
  view_.killed.figure_label = "result: every write survives";
}

const sim::FileRemains* PlugMaker::remains() const {
  const auto found = remains_.files.find(object_);
  return found == remains_.files.end() ? nullptr : &found->second;
}

RemainView PlugMaker::open_cell(std::size_t i, const sim::FileRemains& file) const {
  RemainView cell;
  const std::uint64_t at = cells_.offset_of(i).index;
  cell.is_there = at < file.largest.count;
  if (!cell.is_there) return cell;
  const auto page = file.open.find(cells_.page_of(i));
  cell.value =
      i < view_.now.disk.size() && view_.now.disk[i].is_there ? view_.now.disk[i].value : "0";
  if (page == file.open.end()) {
    const bool may_be_cut = at >= file.smallest.count;
    cell.value = view_.now.cache[i].is_hollow || !view_.now.cache[i].is_there
                     ? cell.value
                     : view_.now.cache[i].value;
    if (may_be_cut) cell.tip = "the file may end before it";
    return cell;
  }
  cell.other = view_.now.program[i].value;
  const auto origins = page->second.origins();
  cell.is_torn =
      std::find(origins.begin(), origins.end(), sim::Origin::torn_write) != origins.end();
  cell.state = cell.is_torn ? PageState::being_written : PageState::dirty;
  cell.tip = cell.is_torn ? "being written: each of its sectors is old or new"
                          : fmt::format("old ({}) or new ({})", cell.value, cell.other);
  return cell;
}

void PlugMaker::add_cut() {
  view_.cut.title = "After a power cut";
  view_.cut.subtitle = "all memory is gone";
  view_.cut.figure_label = "possible disk images";
  view_.cut.figure = count_text(remains_.count());
  if (view_.cut.figure == "1") view_.cut.figure_label = "possible disk image: safe";
  const sim::FileRemains* file = remains();
  for (std::size_t i = 0; i < cells_.count(); ++i) {
    RemainView gone;
    gone.is_there = false;
    view_.cut.disk.push_back(file == nullptr ? gone : open_cell(i, *file));
  }
}

void PlugMaker::add_kinds() {
  const sim::FileRemains* file = remains();
  const auto names = remains_.names();
  const auto named = names.find(view_.file);
  if (file == nullptr || named == names.end()) {
    view_.kinds.push_back(
        {{.is_there = false}, "the file is not there", "its name was never made durable"});
    return;
  }
  std::uint64_t torn = 0, open = 0;
  sim::ImageCount torn_ways(1), open_ways(1);
  for (const auto& [page, remains] : file->open) {
    const std::uint64_t start = page * page_bytes();
    if (start >= file->largest.count) break;
    const auto origins = remains.origins();
    const bool is_torn =
        std::find(origins.begin(), origins.end(), sim::Origin::torn_write) != origins.end();
    const auto ways = remains.count(std::min(page_bytes(), file->largest.count - start));
    ++(is_torn ? torn : open);
    (is_torn ? torn_ways : open_ways) = (is_torn ? torn_ways : open_ways) * ways;
  }
  const std::uint64_t pages = (file->largest.count + page_bytes() - 1) / page_bytes();
  const std::uint64_t certain = pages - std::min(pages, torn + open);
  if (certain > 0) {
    view_.kinds.push_back({{.value = "1"},
                           fmt::format("certain: {}", counted(certain, "page")),
                           "flushed, or never changed"});
  }
  if (open > 0) {
    view_.kinds.push_back({{.value = "0", .other = "2", .state = PageState::dirty},
                           fmt::format("old or new: {}", counted(open, "page")),
                           count_text(open_ways) + " ways"});
  }
  if (torn > 0) {
    view_.kinds.push_back({{.state = PageState::being_written, .is_torn = true},
                           fmt::format("torn: {}, {} sectors each", counted(torn, "page"),
                                       page_bytes() / sim::kSectorBytes),
                           fmt::format("each sector old or new: {} ways", count_text(torn_ways))});
  }
  if (named->second.may_be_absent || file->smallest != file->largest) {
    view_.kinds.push_back(
        {{.is_there = false},
         named->second.may_be_absent ? "the file may be absent" : "the size may differ",
         fmt::format("{} to {}", bytes_text(file->smallest.count),
                     bytes_text(file->largest.count))});
  }
}

void PlugMaker::add_images() {
  constexpr std::uint64_t kImages = 4;
  const std::string count = remains_.count().decimal();
  const std::uint64_t shown = count.empty() || count.size() > 2
                                  ? kImages
                                  : std::min<std::uint64_t>(kImages, std::stoull(count));
  for (std::uint64_t i = 0; i < shown; ++i) {
    sim::Rng rng(seed_ * kImages + i);
    const sim::DiskImage image = sim::draw(remains_, rng);
    PlugView::Image drawn{fmt::format("seed {}", seed_ * kImages + i), {}};
    const auto file = image.find(view_.file);
    for (std::size_t c = 0; c < cells_.count(); ++c) {
      RemainView cell;
      cell.is_there = file != image.end() && cells_.offset_of(c).index < file->second.size.count;
      if (cell.is_there) {
        cell.value = cells_.text_of(file->second.bytes(cells_.offset_of(c), cells_.bytes()));
        const RemainView& old = view_.now.disk[c];
        const bool is_new = cell.value == view_.now.program[c].value && cell.value != old.value;
        if (is_new) cell.state = view_.cut.disk[c].state;
        cell.is_torn = view_.cut.disk[c].is_torn && cell.value.ends_with("…");
      }
      drawn.row.push_back(std::move(cell));
    }
    view_.images.push_back(std::move(drawn));
  }
  view_.images_note = fmt::format("{} of {} shown", shown, view_.cut.figure);
}

PlugView PlugMaker::view() {
  view_.file = cells_.file();
  view_.unit = cells_.unit();
  view_.columns = cells_.columns();
  add_now();
  add_cut();
  add_kinds();
  add_images();
  return view_;
}

}  // namespace

const sim::Inode* file_to_lose(const Player& player) {
  const auto name = file_in_view(player);
  const sim::FileTable& files = player.machine().kernel().files;
  const auto found = name ? files.names().find(*name) : files.names().end();
  if (found == files.names().end()) return nullptr;
  const sim::Inode& file = files.inode(found->second);
  return file.size.count > 0 ? &file : nullptr;
}

PlugView plug_view(const Player& player, std::uint64_t seed) {
  const sim::Inode* file = file_to_lose(player);
  if (file != nullptr) return PlugMaker(player, *file, seed).view();
  PlugView view;
  view.why_none = "No file holds anything yet: step on, then pull the plug.";
  return view;
}

Table disaster_table(const PlugView& view) {
  Table table{"disaster",
              view.why_none.empty() ? "After a disaster: " + view.unit : "After a disaster",
              {"number", "program", "page_cache", "disk", "page_cache_state", "after_kill_cache",
               "after_kill_disk", "after_cut_disk", "after_cut_or", "after_cut_torn"},
              {}};
  const auto value = [](const RemainRow& row, std::size_t i) {
    const bool is_known = i < row.size() && row[i].is_there && !row[i].is_hollow;
    return is_known ? TableCell{row[i].value} : TableCell{};
  };
  for (std::size_t i = 0; i < view.columns.size(); ++i) {
    const RemainView& cut = view.cut.disk[i];
    table.rows.push_back({std::uint64_t{i}, value(view.now.program, i), value(view.now.cache, i),
                          value(view.now.disk, i), std::string(words_of(view.now.cache[i].state)),
                          value(view.killed.cache, i), value(view.killed.disk, i),
                          value(view.cut.disk, i),
                          cut.other.empty() ? TableCell{} : TableCell{cut.other}, cut.is_torn});
  }
  return table;
}

}  // namespace viz
