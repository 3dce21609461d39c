// How different two colours look: CIEDE2000, to eyes of four kinds.

#pragma once

#include "viz/draw/palette.h"

namespace viz_tests {

enum class Eyes { normal, protanopia, deuteranopia, tritanopia };

// Dichromacy as Machado, Oliveira and Fernandes (2009) model it, severity 1, on linear RGB.
// Distance: CIE 142-2001, all weights 1, white D65.
double distance(viz::Color, viz::Color, Eyes);

// WCAG 2 contrast of two colours, 1 to 21.
double contrast(viz::Color, viz::Color);

struct Lab {
  double l = 0, a = 0, b = 0;
};
double ciede2000(const Lab&, const Lab&);

}  // namespace viz_tests
