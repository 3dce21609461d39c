// A program's lines with the figures of each, as far as it has run.

#pragma once

#include <string>
#include <vector>

#include "viz/model/player.h"
#include "viz/model/source_view.h"

namespace viz {

// What the figures are about.
enum class LineTopic : std::uint8_t { files, swap };
// A run that swaps is about swapping, any other about its files. The player may be null here and
// below: nothing has run yet.
LineTopic topic_of(const Player*);
std::vector<ColumnView> figure_columns(LineTopic);
std::vector<SourceLineView> source_lines(const std::string& source, const Player*, LineTopic);

}  // namespace viz
