// A small lesson with two strategies, for tests of comparisons.

#pragma once

#include "scenarios/lesson/lesson.h"

namespace viz_tests {

// Of `pages` pages, a parameter from 2 to 64 on a logarithmic scale, a `share`, from 0.01 to 1, is
// changed: by reading and writing all, or in a map. With `broken` the second strategy raises an
// IndexError from 16 pages on; with `endless` it never comes to its end.
enum class Way { sound, broken, endless };
lesson::Lesson two_ways(Way);

}  // namespace viz_tests
