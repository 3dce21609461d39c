// The tables of the screen that is shown, at the moment that is shown.

#pragma once

#include "viz/model/compare_study.h"
#include "viz/model/session.h"
#include "viz/model/table.h"

namespace viz {

// The foremost first. `study`: of the comparison's screen, may be null.
std::vector<Table> tables_of(const Session&, const CompareStudy* study);
TableOrigin origin_of(const Session&);

}  // namespace viz
