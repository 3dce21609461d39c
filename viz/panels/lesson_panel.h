// The left column: prose, program with its figures, question, and the next thing to do.

#pragma once

#include "viz/model/commands.h"
#include "viz/model/source_view.h"
#include "viz/panels/pen.h"

namespace viz {

Command draw_lesson(Pen&, Rect column, const LessonView&);

}  // namespace viz
