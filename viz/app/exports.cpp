// Tables as files and on the clipboard, and the menu of all that can be had.

#include <fmt/format.h>

#include "viz/app/app.h"
#include "viz/model/words.h"
#include "viz/panels/export_panel.h"

namespace viz {
namespace {

std::variant<Table, Problem> table_named(std::vector<Table> tables, const std::string& name) {
  std::string names;
  for (Table& table : tables) {
    if (name.empty() || table.name == name) return std::move(table);
    names += " " + table.name;
  }
  return Problem{fmt::format("there is no table '{}'; this screen has{}", name, names)};
}

}  // namespace

std::variant<std::string, Problem> App::table_text(const ExportTable& wanted) const {
  auto found = table_named(tables(), wanted.table);
  if (auto* problem = std::get_if<Problem>(&found)) return *problem;
  const Table& table = std::get<Table>(found);
  return wanted.format == TableFormat::json ? json_of(table, origin_of(session_)) : csv_of(table);
}

void App::export_table(const ExportTable& wanted) {
  auto text = table_text(wanted);
  if (const auto* problem = std::get_if<Problem>(&text)) return session_.tell(problem->text);
  wish_ = SaveText{wanted.format == TableFormat::csv ? "csv" : "json",
                   std::get<std::string>(std::move(text))};
}

void App::copy_table(const CopyTable& wanted) {
  auto found = table_named(tables(), wanted.table);
  if (const auto* problem = std::get_if<Problem>(&found)) return session_.tell(problem->text);
  const Table& table = std::get<Table>(found);
  wish_ = CopyText{tsv_of(table)};
  session_.tell(fmt::format("copied the table: {}", table.title));
}

Command App::export_menu(Pen& pen) {
  ExportView view;
  for (const NamedPanel& panel : panels_) {
    view.panels.push_back({std::string(panel.name), with_capital(std::string(panel.title))});
  }
  const Screen screen = session_.screen();
  const bool is_of_run =
      session_.player() != nullptr && screen != Screen::compare && screen != Screen::beside;
  for (const Table& table : is_of_run ? shown_.tables(session_) : tables())
    view.tables.push_back({table.name, table.title});
  const ExportAnswer answer = draw_export(pen, view);
  if (answer.is_closed) menu_ = Menu::none;
  return answer.command;
}

}  // namespace viz
