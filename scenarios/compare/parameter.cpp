// Lines NAME = NUMBER  # parameter LEAST..MOST [log] [: LABEL], found and rewritten.

#include "scenarios/compare/parameter.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <regex>

namespace comparison {
namespace {

using session::Failure;

// A line is split once; what is between the pieces is kept as it is.
struct Line {
  Parameter parameter;
  std::size_t number_at = 0;  // where the number stands in the line
  std::size_t number_length = 0;
};

bool is_meant_as_parameter(const std::string& line) {
  if (line.find('#') == std::string::npos) return false;  // quick for most lines
  static const std::regex kMeant(R"(^[A-Za-z_]\w*\s*=.*#\s*parameter\b.*$)");
  return std::regex_match(line, kMeant);
}

std::optional<Line> read_line(const std::string& line) {
  static const std::regex kNumber(
      R"(^([A-Za-z_]\w*)\s*=\s*)"
      R"((-?[0-9][0-9_]*(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?)\s*#\s*parameter\s+)"
      R"((-?[0-9.eE+-]*[0-9])\.\.(-?[0-9][0-9.eE+-]*)(\s+log)?\s*(?::\s*(.*))?$)");
  std::smatch found;
  if (!std::regex_match(line, found, kNumber)) return std::nullopt;
  std::string number = found[2];
  std::erase(number, '_');
  Line result;
  Parameter& p = result.parameter;
  p.name = found[1];
  try {
    p.value = std::stod(number);
    p.least = std::stod(found[3]);
    p.most = std::stod(found[4]);
  } catch (const std::out_of_range&) {
    return std::nullopt;
  }
  p.scale = found[5].matched ? Scale::logarithmic : Scale::linear;
  const bool is_whole = number.find_first_of(".eE") == std::string::npos;
  p.kind = is_whole ? NumberKind::whole : NumberKind::real;
  p.label = found[6].matched && found[6].length() > 0 ? found[6].str() : p.name;
  result.number_at = static_cast<std::size_t>(found.position(2));
  result.number_length = static_cast<std::size_t>(found.length(2));
  return result;
}

std::optional<std::string> problem_with(const Parameter& p) {
  if (p.least > p.most) return fmt::format("{}..{} ends before it begins", p.least, p.most);
  if (p.value < p.least || p.value > p.most) {
    return fmt::format("{} is not within {}..{}", p.value, p.least, p.most);
  }
  if (p.scale == Scale::logarithmic && p.least <= 0) {
    return std::string("log needs a range above 0");
  }
  return std::nullopt;
}

// Calls with each line, its line end left out.
template <class Each>
void for_each_line(std::string_view text, Each each) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    each(std::string(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

std::variant<std::vector<Parameter>, Failure> parameters_of(std::string_view source) {
  std::vector<Parameter> found;
  std::optional<Failure> failure;
  unsigned number = 0;
  for_each_line(source, [&](const std::string& text) {
    ++number;
    if (failure || !is_meant_as_parameter(text)) return;
    const auto line = read_line(text);
    if (!line) {
      failure = Failure{fmt::format(
          "line {}: '{}' is no parameter. Write NAME = NUMBER  # parameter LEAST..MOST, "
          "for example share = 0.05  # parameter 0.001..1 log: share touched",
          number, text)};
      return;
    }
    if (const auto bad = problem_with(line->parameter)) {
      failure =
          Failure{fmt::format("line {}: parameter {}: {}", number, line->parameter.name, *bad)};
    }
    for (const Parameter& other : found) {
      if (other.name != line->parameter.name) continue;
      failure = Failure{fmt::format("line {}: parameter {} is there twice", number, other.name)};
    }
    found.push_back(line->parameter);
  });
  if (failure) return *failure;
  return found;
}

std::string with_values(std::string_view source, const Values& values) {
  std::string result;
  for_each_line(source, [&](std::string text) {
    if (is_meant_as_parameter(text)) {
      if (const auto line = read_line(text)) {
        const auto value = values.find(line->parameter.name);
        if (value != values.end()) {
          text.replace(line->number_at, line->number_length,
                       text_of(line->parameter.kind, value->second));
        }
      }
    }
    result += text + '\n';
  });
  return result;
}

std::string text_of(NumberKind kind, double value) {
  if (kind == NumberKind::whole) return fmt::format("{:.0f}", std::round(value));
  std::string text = fmt::format("{:.6g}", value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

double rounded(NumberKind kind, double value) { return std::stod(text_of(kind, value)); }

}  // namespace comparison
