// The screen after a disaster with which the program goes on: what each truth becomes.

#pragma once

#include "viz/model/aftermath.h"
#include "viz/model/plug_view.h"

namespace viz {

struct AftermathView {
  std::vector<std::string> columns;  // numbers of pages or elements
  DisasterView now, struck, after;
  std::string title;
  std::vector<std::string> sentences;
  std::string why_none;  // in place of everything
};

// `aftermath` may be null: not computed yet. Requires: disk full, or a truncation.
AftermathView aftermath_view(const Player&, Disaster, const Aftermath* aftermath);

// A row for each page or element that is shown.
Table aftermath_table(const AftermathView&);

// How the killed program's files on this computer are: "= this computer".
std::string remark_on_kill(const Aftermath*);

}  // namespace viz
