// A table that the app shows, for whoever wants to go on computing with it.

#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace viz {

// Nothing: not known, or not there.
using TableCell = std::variant<std::monostate, bool, std::uint64_t, double, std::string>;

struct Table {
  std::string name;   // "program": one word, unique among those of a moment
  std::string title;  // for people
  std::vector<std::string> columns;
  std::vector<std::vector<TableCell>> rows;  // each as long as `columns`
};

// Which moment a table is of.
struct TableOrigin {
  std::string lesson, program, place;  // place: "4#2:17", as `--at` takes it; empty: none
};

// With a heading line; texts in quotes, nothing is an empty field.
std::string csv_of(const Table&);
// The same with tabs and no quotes: what spreadsheets take from the clipboard.
std::string tsv_of(const Table&);
// One object, schema "pagewalk.table/1" (docs/json.md); nothing is null.
std::string json_of(const Table&, const TableOrigin&);

}  // namespace viz
