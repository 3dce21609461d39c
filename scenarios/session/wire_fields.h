// Fields of a message, in order: Out writes them, In reads them and trusts nothing.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "scenarios/session/file_truth.h"
#include "sim/core/page_ranges.h"

namespace session {

class Out {
 public:
  template <class T>
  void number(T value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes(std::as_bytes(std::span(&value, 1)));
  }
  void text(std::string_view s) {
    number(std::uint64_t{s.size()});
    bytes(std::as_bytes(std::span(s.data(), s.size())));
  }
  void bytes(std::span<const std::byte> b) { data_.insert(data_.end(), b.begin(), b.end()); }
  void ranges(const sim::PageRanges& pages) {
    number(std::uint64_t{pages.ranges().size()});
    for (const sim::PageRange& r : pages.ranges()) number(r);
  }
  std::span<const std::byte> data() const { return data_; }

 private:
  std::vector<std::byte> data_;
};

// Fields in order. The first that cannot be is told by problem(), and from there on all is empty.
class In {
 public:
  explicit In(std::span<const std::byte> data) : data_(data) {}

  template <class T>
  T number() {
    static_assert(std::is_trivially_copyable_v<T> && !std::is_same_v<T, bool> &&
                  !std::is_enum_v<T>);  // not every byte is one of those: yes_or_no(), choice()
    T value{};
    if (!has(sizeof value)) return value;
    std::memcpy(&value, data_.data(), sizeof value);
    data_ = data_.subspan(sizeof value);
    return value;
  }
  template <class Enum>
  Enum choice(Enum last) {
    const auto n = number<std::underlying_type_t<Enum>>();
    if (n > static_cast<std::underlying_type_t<Enum>>(last)) refuse("a choice that there is not");
    return is_good() ? Enum{n} : Enum{};
  }
  bool yes_or_no() {
    const auto n = number<std::uint8_t>();
    if (n > 1) refuse("neither yes nor no");
    return n == 1;
  }
  std::string text() {
    const auto n = number<std::uint64_t>();
    if (!has(n)) return {};
    std::string s(reinterpret_cast<const char*>(data_.data()), n);
    data_ = data_.subspan(n);
    return s;
  }
  // As many as the next number says, in a loop that ends with the message.
  template <class Each>
  void each(Each take) {
    for (auto n = number<std::uint64_t>(); n > 0 && is_good(); --n) take();
  }
  sim::PageRanges ranges() {
    constexpr std::uint64_t kMostPages = std::uint64_t{1} << 32;  // PageName::index
    sim::PageRanges pages;
    std::uint64_t last = 0;
    each([&] {
      const auto r = number<sim::PageRange>();
      if (!is_good()) return;
      if (r.first < last || r.first >= r.end || r.end > kMostPages)
        return refuse("pages in disorder");
      pages.append(r);
      last = r.end;
    });
    return pages;
  }
  std::span<const std::byte> rest() { return std::exchange(data_, {}); }

  void refuse(std::string why) {
    if (problem_.empty()) problem_ = std::move(why);
    data_ = {};
  }
  bool is_good() const { return problem_.empty(); }
  // Requires: every field was read.
  bool is_complete() {
    if (!data_.empty()) refuse("a message that goes on");
    return is_good();
  }
  const std::string& problem() const { return problem_; }

 private:
  bool has(std::uint64_t n) {
    if (n > data_.size()) refuse("a message that breaks off");
    return is_good();
  }

  std::span<const std::byte> data_;
  std::string problem_;
};

// Plain, as the names of a computer's files are.
inline bool is_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." &&
         name.find_first_of(std::string_view("/\0", 2)) == std::string_view::npos;
}

inline bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

inline void put(Out& out, const FileTruth& t) {
  out.number(t.known);
  out.number(t.size);
  out.text(t.first_bytes);
  out.text(t.sha256);
  out.text(t.why_not);
}

inline FileTruth truth_in(In& in) {
  FileTruth t;
  t.known = in.yes_or_no();
  t.size = in.number<std::uint64_t>();
  t.first_bytes = in.text();
  t.sha256 = in.text();
  t.why_not = in.text();
  if (t.first_bytes.size() > kBytesShown) in.refuse("more bytes of a file than are shown");
  if (!t.sha256.empty() && !is_sha256(t.sha256)) in.refuse("a hash that is none");
  return t;
}

}  // namespace session
