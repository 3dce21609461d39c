// Counts, sizes and pages in words.

#include "scenarios/cli/stop_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "scenarios/session/npy_layout.h"

namespace cli {
namespace {

// Each kind of content, for people.
std::string in_words(const std::string& origin) {
  if (origin == "disk") return "as on the disk";
  if (origin == "cache") return "as in the page cache";
  if (origin == "write") return "as being written";
  if (origin == "torn_write") return "torn between old and new at 512-byte sectors";
  return "as before the truncation";
}

std::string in_words(const session::FoundFile& file) {
  std::string text = file.smallest == file.largest
                         ? fmt::format("{} bytes", file.largest)
                         : fmt::format("{} to {} bytes", file.smallest, file.largest);
  text += fmt::format(", {} of them certain", file.certain_bytes);
  constexpr std::size_t kMostShown = 6;
  for (std::size_t i = 0; i < file.open.size() && i < kMostShown; ++i) {
    const session::OpenPages& pages = file.open[i];
    std::vector<std::string> ways;
    for (const std::string& origin : pages.holds) ways.push_back(in_words(origin));
    const std::string which = pages.end == pages.first + 1
                                  ? fmt::format("page {}", pages.first)
                                  : fmt::format("each of pages {}-{}", pages.first, pages.end - 1);
    text += fmt::format("; {} {}", which, fmt::join(ways, " or "));
  }
  if (file.open.size() > kMostShown) text += "; ...";
  return text;
}

std::string in_words(const session::FoundName& name) {
  std::vector<std::string> ways;
  for (const session::FoundFile& file : name.files) ways.push_back(in_words(file));
  if (name.may_be_absent) ways.emplace_back("absent");
  return fmt::format("{}", fmt::join(ways, ", or "));
}

}  // namespace

std::string shown(const session::FileTruth& truth) {
  if (!truth.known) return truth.why_not;
  constexpr std::size_t kShown = 64;
  std::string text = fmt::format("{} byte{}", truth.size, truth.size == 1 ? "" : "s");
  // Of an array's file its elements; of any other the bytes in groups of four.
  const auto layout = session::npy_layout(truth.first_bytes).value_or(session::NpyLayout{0, 4});
  if (layout.header > 0) text += fmt::format(": {} bytes of header, then", layout.header);
  std::string_view bytes = truth.first_bytes;
  bytes.remove_prefix(std::min<std::size_t>(layout.header, bytes.size()));
  for (std::size_t i = 0; i < bytes.size() && i < kShown; ++i) {
    if (i % layout.element == 0) text += ' ';
    text += fmt::format("{:02x}", static_cast<unsigned char>(bytes[i]));
  }
  if (layout.header > 0 && bytes.empty()) text += " no element";
  return truth.size > layout.header + kShown ? text + " ..." : text;
}

std::string when_it_ends(const session::Run& run) {
  switch (run.ending.kind) {
    case session::EndKind::killed: return "when the program is killed";
    case session::EndKind::power_cut: return "when the power goes";
    default: return "when the program ends";
  }
}

std::string report_of_power_cut(const session::PowerCut& cut, const Page& page) {
  constexpr std::size_t kLabel = 17;
  std::string text = page.paint(Ink::bold, "      what may be found on the disk afterwards") + "\n";
  const auto row = [&](const std::string& label, const std::string& value, Ink ink) {
    const std::size_t width = page.width > kLabel + 20 ? page.width - kLabel - 4 : 40;
    bool is_first = true;
    const bool is_long = columns(label) >= kLabel;
    if (is_long) text += "  " + page.paint(Ink::dim, label) + "\n";
    for (const std::string& line : wrapped(value, width)) {
      const std::string head = padded(is_first && !is_long ? label : "", kLabel);
      text += "  " + page.paint(Ink::dim, head) + page.paint(ink, line) + "\n";
      is_first = false;
    }
  };
  const std::string images =
      cut.images.empty() ? fmt::format("2^{:.1f}", cut.images_log2) : fmt::format("{}", cut.images);
  row("disk images", images, Ink::plain);
  for (const auto& [name, found] : cut.names) {
    const bool certain = !found.may_be_absent && found.files.size() == 1 &&
                         found.files.front().certain_bytes == found.files.front().largest;
    row(name, in_words(found), certain ? Ink::good : Ink::dirty);
  }
  for (const session::PowerCut::Drawn& image : cut.drawn) {
    std::vector<std::string> files;
    for (const auto& [name, truth] : image.files) {
      files.push_back(fmt::format("{}: {}", name, shown(truth)));
    }
    if (files.empty()) files.emplace_back("no file");
    row(fmt::format("drawn by seed {}", image.seed), fmt::format("{}", fmt::join(files, "; ")),
        Ink::plain);
  }
  return text;
}

}  // namespace cli
