// The program as text that can be changed, with the mark of its error.

#pragma once

#include <cstdint>
#include <string>

#include "viz/model/commands.h"
#include "viz/model/text_edit.h"
#include "viz/panels/pen.h"

namespace viz {

struct EditorView {
  const TextEdit& text;
  std::uint32_t error_line = 0;  // from 1; 0: none
  std::string message;           // what is wrong there
  std::string title;
};

// Where the caret was put by the mouse.
struct CaretPlace {
  std::size_t line = 0, column = 0;
};
struct EditorAnswer {
  Command command;
  std::optional<CaretPlace> caret;
};
EditorAnswer draw_editor(Pen&, Rect column, const EditorView&);

}  // namespace viz
