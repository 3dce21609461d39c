// Elements around the access that is shown, as the dtype in force.

#include "viz/model/file_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "scenarios/session/npy_layout.h"
#include "viz/model/words.h"

namespace viz {
namespace {

template <class T>
T as(const std::byte* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

std::string hex_text(std::span<const std::byte> element) {
  std::string text;
  for (const std::byte b : element) text += fmt::format("{:02x}", std::to_integer<unsigned>(b));
  return text;
}

const sim::Inode* file_of(const Player& player) {
  const auto& inodes = player.machine().kernel().files.inodes();
  if (player.story()) {
    const auto touched = inodes.find(player.story()->page.object);
    if (touched != inodes.end() && !touched->second.name.empty()) return &touched->second;
  }
  for (const auto& [object, inode] : inodes) {
    if (!inode.name.empty()) return &inode;
  }
  return nullptr;
}

bool is_dirty(const sim::Machine& machine, const sim::Inode& file, std::uint64_t page) {
  const auto frame = file.cache.find(sim::PgOff{page});
  return frame && machine.kernel().frames.is_dirty(*frame);
}

// The first element shown: the access is among them.
std::uint64_t first_shown(const Player& player, const sim::Inode& file, const ElementFormat& f,
                          std::uint64_t header) {
  const auto& story = player.story();
  if (!story || !story->access || story->page.object != file.object) return 0;
  const std::uint64_t page_bytes = player.machine().page_size().count;
  const std::uint64_t byte = story->page.index * page_bytes + story->walk.offset;
  if (byte < header) return 0;
  return (byte - header) / f.size / kValuesShown * kValuesShown;
}

}  // namespace

ElementFormat element_format(const Player& player, std::uint32_t object) {
  const auto visit = player.visit();
  const NamedArray* best = nullptr;
  for (const NamedArray& array : player.film().arrays()) {
    if (visit && array.visit > *visit) continue;
    const bool is_of_file = array.look.object == object;
    if (best == nullptr || is_of_file || best->look.object != object) best = &array;
  }
  if (best == nullptr) return {};
  return {best->look.dtype, best->look.kind, best->look.item_bytes, best->look.is_little_endian};
}

std::uint64_t header_bytes(const sim::Machine& as_it_is, const sim::Inode& file) {
  constexpr std::uint64_t kMostHeader = 4096;
  sim::Machine machine = as_it_is;
  const sim::FileBytes got =
      machine.bytes_of(file.name, sim::Truth::program, sim::FileOffset{0}, sim::Bytes{kMostHeader});
  if (!got.bytes) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(got.bytes->data()), got.bytes->size());
  const auto layout = session::npy_layout(bytes);
  return layout ? layout->header : 0;
}

std::string element_text(const ElementFormat& f, std::span<const std::byte> element) {
  std::array<std::byte, 8> bytes{};
  std::copy_n(element.begin(), std::min<std::size_t>(element.size(), 8), bytes.begin());
  if (!f.is_little_endian) std::reverse(bytes.begin(), bytes.begin() + static_cast<long>(f.size));
  if (f.kind == 'f' && f.size == 8) return fmt::format("{:.6g}", as<double>(bytes.data()));
  if (f.kind == 'f') return fmt::format("{:.6g}", as<float>(bytes.data()));
  if (f.kind == 'b') return bytes[0] == std::byte{0} ? "False" : "True";
  if (f.kind != 'i') return fmt::format("{}", as<std::uint64_t>(bytes.data()));
  switch (f.size) {
    case 1: return fmt::format("{}", as<std::int8_t>(bytes.data()));
    case 2: return fmt::format("{}", as<std::int16_t>(bytes.data()));
    case 4: return fmt::format("{}", as<std::int32_t>(bytes.data()));
    default: return fmt::format("{}", as<std::int64_t>(bytes.data()));
  }
}

std::optional<std::string> file_in_view(const Player& player) {
  const sim::Inode* file = file_of(player);
  if (file == nullptr) return std::nullopt;
  return file->name;
}

std::string why_not_kept(const Film& film) {
  const Moment from = film.recording().contents_known_from();
  return fmt::format("not kept: the recording was full, and has bytes from access {} of the run on",
                     with_commas(from.touch));
}

FileTruthsView file_truths_view(const Player& player) {
  sim::Machine machine = player.machine();
  const sim::Inode* file = file_of(player);
  FileTruthsView view;
  if (file == nullptr) {
    view.title = "Files, seen three ways";
    view.why_none = "no file yet";
    return view;
  }
  const ElementFormat f = element_format(player, file->object);
  const std::uint64_t header = header_bytes(player.machine(), *file);
  const std::uint64_t first = first_shown(player, *file, f, header);
  view.title = file->name + ", seen three ways";
  const std::string behind = header == 0 ? "" : fmt::format(" behind {} bytes", header);
  const std::string from = first == 0 ? (header == 0 ? ", bytes in hex" : "")
                                      : fmt::format(" from [{}]", with_commas(first));
  view.note = f.dtype + behind + from;
  const std::array<std::pair<sim::Truth, const char*>, 3> truths{{{sim::Truth::program, "program"},
                                                                  {sim::Truth::cache, "page cache"},
                                                                  {sim::Truth::durable, "disk"}}};
  std::vector<std::string> as_program;
  for (const auto& [truth, name] : truths) {
    TruthView row{name, {}, ""};
    const sim::FileBytes got =
        machine.bytes_of(file->name, truth, sim::FileOffset{header + first * f.size},
                         sim::Bytes{kValuesShown * f.size});
    if (!player.knows_contents()) {
      row.why_not = why_not_kept(player.film());
      view.truths.push_back(std::move(row));
      continue;
    }
    if (!got.bytes) {
      row.why_not = got.why_not;
    } else if (got.bytes->empty()) {
      row.why_not = truth == sim::Truth::durable ? "no byte of it is safe yet" : "empty";
    }
    for (std::size_t i = 0; got.bytes && (i + 1) * f.size <= got.bytes->size(); ++i) {
      const std::span<const std::byte> element(got.bytes->data() + i * f.size, f.size);
      ValueView value{element_text(f, element), hex_text(element)};
      if (truth == sim::Truth::program) as_program.push_back(value.hex);
      value.differs = i < as_program.size() && as_program[i] != value.hex;
      row.values.push_back(std::move(value));
    }
    view.truths.push_back(std::move(row));
  }
  // What the disk does not hold yet is dirty, element by element.
  const std::vector<ValueView> safe = view.truths.back().values;
  for (std::size_t t = 0; t < 2; ++t) {
    for (std::size_t i = 0; i < view.truths[t].values.size(); ++i) {
      ValueView& value = view.truths[t].values[i];
      const bool is_safe = i < safe.size() && safe[i].hex == value.hex;
      const std::uint64_t page = (header + (first + i) * f.size) / machine.page_size().count;
      if (!is_safe && is_dirty(machine, *file, page)) value.state = PageState::dirty;
    }
  }
  return view;
}

}  // namespace viz
