// The methods of str that take text apart and put it together.

#include "scenarios/python/str_splitting.h"

#include <algorithm>

#include "scenarios/python/native.h"
#include "scenarios/python/native_work.h"
#include "scenarios/python/text_search.h"

namespace python {

namespace {

const std::string& text_of(Object& self) { return static_cast<StrObject&>(self).text(); }

std::string_view need_str(const Value& v, const char* words) {
  if (const auto text = as_str(v)) return *text;
  raise("TypeError", words + type_name(v));
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f); }

std::vector<Value> split_spaces(Context& context, const std::string& text, std::int64_t most) {
  std::vector<Value> parts;
  std::size_t at = 0;
  while (true) {
    while (at < text.size() && is_space(text[at])) ++at;
    if (at >= text.size()) return parts;
    if (most >= 0 && static_cast<std::int64_t>(parts.size()) == most) {
      std::size_t end = text.size();
      while (end > at && is_space(text[end - 1])) --end;
      parts.push_back(make_str(text.substr(at, end - at)));
      return parts;
    }
    context.spend(1);
    const std::size_t start = at;
    while (at < text.size() && !is_space(text[at])) ++at;
    parts.push_back(make_str(text.substr(start, at - start)));
  }
}

}  // namespace

Value str_split(Context& context, Object& self, const Arguments& a) {
  static constexpr Parameter kParameters[] = {{"sep", Parameter::Need::optional},
                                              {"maxsplit", Parameter::Need::optional}};
  const auto given = bind({.function = "split", .parameters = kParameters}, a);
  const std::int64_t most = given[1].is_bound() ? to_index(context, given[1]) : -1;
  const std::string& text = text_of(self);
  if (!given[0].is_bound() || given[0].is_none())
    return make_list(split_spaces(context, text, most));
  const std::string_view separator = need_str(given[0], "must be str or None, not ");
  if (separator.empty()) raise("ValueError", "empty separator");
  std::vector<Value> parts;
  std::size_t start = 0;
  for (std::size_t at = find_text(text, separator); at != std::string::npos;
       at = find_text(text, separator, start)) {
    if (most >= 0 && static_cast<std::int64_t>(parts.size()) == most) break;
    context.spend(1);
    parts.push_back(make_str(text.substr(start, at - start)));
    start = at + separator.size();
  }
  parts.push_back(make_str(text.substr(start)));
  return make_list(std::move(parts));
}

Value str_rsplit(Context& context, Object& self, const Arguments& a) {
  static constexpr Parameter kParameters[] = {{"sep", Parameter::Need::optional},
                                              {"maxsplit", Parameter::Need::optional}};
  const auto given = bind({.function = "rsplit", .parameters = kParameters}, a);
  if (!given[1].is_bound() || to_index(context, given[1]) < 0) return str_split(context, self, a);
  if (!given[0].is_bound() || given[0].is_none()) {
    throw Unsupported{"str.rsplit() by white space with a limit", "split()"};
  }
  const std::int64_t most = to_index(context, given[1]);
  const std::string_view separator = need_str(given[0], "must be str or None, not ");
  if (separator.empty()) raise("ValueError", "empty separator");
  std::string text = text_of(self);
  std::vector<Value> parts;
  while (static_cast<std::int64_t>(parts.size()) < most) {
    const std::size_t at = text.rfind(separator);
    if (at == std::string::npos) break;
    parts.push_back(make_str(text.substr(at + separator.size())));
    text.resize(at);
  }
  parts.push_back(make_str(text));
  std::reverse(parts.begin(), parts.end());
  return make_list(std::move(parts));
}

Value str_splitlines(Context& context, Object& self, const Arguments& a) {
  const bool keep = !a.positional.empty() && truth(context, a.positional[0]);
  const std::string& text = text_of(self);
  std::vector<Value> lines;
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\n' && text[i] != '\r') continue;
    context.spend(1);
    const std::size_t next = text[i] == '\r' && text[i + 1] == '\n' ? i + 2 : i + 1;
    lines.push_back(make_str(text.substr(start, (keep ? next : i) - start)));
    start = next;
    i = next - 1;
  }
  if (start < text.size()) lines.push_back(make_str(text.substr(start)));
  return make_list(std::move(lines));
}

Value str_partition(Context&, Object& self, const Arguments& a) {
  const std::string_view separator = need_str(a.positional[0], "must be str, not ");
  if (separator.empty()) raise("ValueError", "empty separator");
  const std::string& text = text_of(self);
  const std::size_t at = find_text(text, separator);
  if (at == std::string::npos) return make_tuple({make_str(text), make_str(""), make_str("")});
  return make_tuple({make_str(text.substr(0, at)), a.positional[0],
                     make_str(text.substr(at + separator.size()))});
}

Value str_join(Context& context, Object& self, const Arguments& a) {
  if (!a.positional[0].is_object()) raise("TypeError", "can only join an iterable");
  std::string all;
  std::int64_t at = 0;
  for (const Value& item : collect(context, a.positional[0])) {
    const auto part = as_str(item);
    if (!part) {
      raise("TypeError", "sequence item " + std::to_string(at) + ": expected str instance, " +
                             type_name(item) + " found");
    }
    if (at++ > 0) all += text_of(self);
    all += *part;
  }
  return make_str(std::move(all));
}

}  // namespace python
