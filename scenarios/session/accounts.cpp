// Sentences.

#include "scenarios/session/accounts.h"

#include <fmt/format.h>

namespace session {
namespace {

std::string pages_of(const Account& account) {
  std::uint64_t n = 0;
  for (const PageRun& run : account.pages) n += run.end - run.first;
  std::string digits = std::to_string(n);
  for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3) {
    digits.insert(static_cast<std::size_t>(i), ",");
  }
  return digits + (n == 1 ? " page" : " pages");
}

// Pages stand at {}.
const std::map<std::string, const char*>& sentences() {
  static const std::map<std::string, const char*> kAll = {
      {cause::fault_around,
       "fault-around mapped {} that the textbook machine would have faulted on"},
      {cause::readahead, "readahead brought {} before they were asked for"},
      {cause::large_folio,
       "{} got entries, lost them or became dirty together with others of their large folio"},
      {cause::no_pressure, "{} that the simulated computer evicted stayed in their frames here"},
      {cause::background_write_back, "the kernel wrote back {} on its own"},
  };
  return kAll;
}

}  // namespace

std::string sentence_of(const std::string& cause, const Account& account) {
  const auto known = sentences().find(cause);
  if (known == sentences().end() || account.pages.empty())
    return fmt::format("{}: {}", cause, account.evidence);
  return fmt::format(fmt::runtime(known->second), pages_of(account));
}

std::string in_words(const std::set<std::uint32_t>& lines) {
  constexpr int kMostShown = 8;
  std::string text;
  int shown = 0;
  for (auto it = lines.begin(); it != lines.end();) {
    const std::uint32_t first = *it;
    std::uint32_t last = first;
    while (++it != lines.end() && *it == last + 1) last = *it;
    if (++shown > kMostShown) return text + " ...";
    const std::string range =
        first == last ? std::to_string(first) : fmt::format("{}-{}", first, last);
    text += (text.empty() ? "" : ", ") + range;
  }
  return text;
}

}  // namespace session
