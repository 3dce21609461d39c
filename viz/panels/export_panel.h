// What can be saved and copied: a row for each picture and each table, a button for each way.

#pragma once

#include <string>
#include <vector>

#include "viz/model/commands.h"
#include "viz/panels/pen.h"

namespace viz {

struct Exportable {
  std::string name, title;
};
struct ExportView {
  std::vector<Exportable> panels;  // beside the whole window
  std::vector<Exportable> tables;
};
struct ExportAnswer {
  Command command;
  bool is_closed = false;  // something was chosen, or clicked beside it, or Escape
};

ExportAnswer draw_export(Pen&, const ExportView&);

}  // namespace viz
