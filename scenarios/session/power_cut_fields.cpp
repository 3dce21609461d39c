// Both ends, field by field.

#include "scenarios/session/power_cut_fields.h"

#include <cmath>

namespace session {
namespace {

void put(Out& out, const FoundFile& file) {
  out.number(file.smallest);
  out.number(file.largest);
  out.number(file.certain_bytes);
  out.number(std::uint64_t{file.open.size()});
  for (const OpenPages& pages : file.open) {
    out.number(pages.first);
    out.number(pages.end);
    out.number(std::uint64_t{pages.holds.size()});
    for (const std::string& origin : pages.holds) out.text(origin);
  }
}

std::string name_in(In& in) {
  std::string name = in.text();
  if (!is_name(name)) in.refuse("a file name that is none");
  return name;
}

FoundFile found_file_in(In& in) {
  FoundFile file;
  file.smallest = in.number<std::uint64_t>();
  file.largest = in.number<std::uint64_t>();
  file.certain_bytes = in.number<std::uint64_t>();
  in.each([&] {
    OpenPages pages;
    pages.first = in.number<std::uint64_t>();
    pages.end = in.number<std::uint64_t>();
    in.each([&] { pages.holds.push_back(in.text()); });
    const std::uint64_t last = file.open.empty() ? 0 : file.open.back().end;
    if (pages.first < last || pages.first >= pages.end) in.refuse("pages in disorder");
    file.open.push_back(std::move(pages));
  });
  if (file.smallest > file.largest || file.certain_bytes > file.largest) {
    in.refuse("sizes that cannot be");
  }
  return file;
}

}  // namespace

void put(Out& out, const PowerCut& cut) {
  out.text(cut.images);
  out.number(cut.images_log2);
  out.number(std::uint64_t{cut.names.size()});
  for (const auto& [name, found] : cut.names) {
    out.text(name);
    out.number(std::uint8_t{found.may_be_absent});
    out.number(std::uint64_t{found.files.size()});
    for (const FoundFile& file : found.files) put(out, file);
  }
  out.number(std::uint64_t{cut.drawn.size()});
  for (const PowerCut::Drawn& image : cut.drawn) {
    out.number(image.seed);
    out.number(std::uint64_t{image.files.size()});
    for (const auto& [name, truth] : image.files) {
      out.text(name);
      put(out, truth);
    }
  }
}

PowerCut power_cut_in(In& in) {
  PowerCut cut;
  cut.images = in.text();
  cut.images_log2 = in.number<double>();
  if (!(cut.images_log2 >= 0 && std::isfinite(cut.images_log2))) in.refuse("a count that is none");
  if (cut.images.find_first_not_of("0123456789") != std::string::npos) {
    in.refuse("a count that is no number");
  }
  in.each([&] {
    FoundName& found = cut.names[name_in(in)];
    found.may_be_absent = in.yes_or_no();
    in.each([&] { found.files.push_back(found_file_in(in)); });
    if (found.files.empty()) in.refuse("a name that leads nowhere");
  });
  in.each([&] {
    PowerCut::Drawn image;
    image.seed = in.number<std::uint64_t>();
    in.each([&] {
      std::string name = name_in(in);
      image.files[std::move(name)] = truth_in(in);
    });
    cut.drawn.push_back(std::move(image));
  });
  return cut;
}

}  // namespace session
