// Tables as text.

#include "viz/model/table.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace viz {
namespace {

using json = nlohmann::ordered_json;

std::string quoted(const std::string& text) {
  std::string field = "\"";
  for (const char c : text) field += c == '"' ? std::string("\"\"") : std::string(1, c);
  return field + "\"";
}

// Nothing that would begin another field or row.
std::string one_field(std::string text) {
  for (char& c : text) {
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  }
  return text;
}

enum class Texts { in_quotes, bare };

std::string text_of(const TableCell& cell, Texts texts) {
  struct Visitor {
    Texts texts;
    std::string operator()(std::monostate) const { return ""; }
    std::string operator()(bool is) const { return is ? "true" : "false"; }
    std::string operator()(std::uint64_t n) const { return fmt::format("{}", n); }
    std::string operator()(double x) const { return fmt::format("{}", x); }
    std::string operator()(const std::string& text) const {
      return texts == Texts::in_quotes ? quoted(text) : one_field(text);
    }
  };
  return std::visit(Visitor{texts}, cell);
}

json value_of(const TableCell& cell) {
  struct Visitor {
    json operator()(std::monostate) const { return nullptr; }
    json operator()(bool is) const { return is; }
    json operator()(std::uint64_t n) const { return n; }
    json operator()(double x) const { return x; }
    json operator()(const std::string& text) const { return text; }
  };
  return std::visit(Visitor{}, cell);
}

// Of a column: bare where it can be.
std::string heading(const std::string& name, Texts texts) {
  if (texts == Texts::bare) return one_field(name);
  return name.find_first_of(",\"\n") == std::string::npos ? name : quoted(name);
}

std::string separated(const Table& table, char separator, Texts texts) {
  std::string text;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (c > 0) text += separator;
    text += heading(table.columns[c], texts);
  }
  text += '\n';
  for (const auto& row : table.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) text += separator;
      text += text_of(row[c], texts);
    }
    text += '\n';
  }
  return text;
}

}  // namespace

std::string csv_of(const Table& table) { return separated(table, ',', Texts::in_quotes); }
std::string tsv_of(const Table& table) { return separated(table, '\t', Texts::bare); }

std::string json_of(const Table& table, const TableOrigin& origin) {
  json rows = json::array();
  for (const auto& row : table.rows) {
    json object = json::object();
    for (std::size_t c = 0; c < row.size(); ++c) object[table.columns[c]] = value_of(row[c]);
    rows.push_back(std::move(object));
  }
  const json whole = {{"schema", "pagewalk.table/1"},
                      {"table", table.name},
                      {"title", table.title},
                      {"lesson", origin.lesson},
                      {"program", origin.program},
                      {"at", origin.place.empty() ? json(nullptr) : json(origin.place)},
                      {"columns", table.columns},
                      {"rows", rows}};
  return whole.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace viz
