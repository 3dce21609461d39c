// As lesson text.

#include "tests/viz/model/two_ways.h"

#include <doctest/doctest.h>

#include <string>

namespace viz_tests {
namespace {

const std::string kHead = R"(+++
title = "Two ways"
summary = "Change a part of a file"

[[strategy]]
program = "whole"
label = "fromfile, tofile"

[[strategy]]
program = "map"
label = "memmap r+"
+++

# Two ways

```python name=make
import numpy as np
pages = 16  # parameter 2..64 log: array size, pages
np.arange(pages * 512, dtype="float64").tofile("x.bin")
```

```python name=whole after=make
import os
import numpy as np
pages = 16  # parameter 2..64 log: array size, pages
share = 0.05  # parameter 0.01..1 log: share of pages touched
f = open("x.bin", "rb+")
a = np.fromfile(f)
a[:int(share * pages) * 512:512] += 1
f.seek(0)
a.tofile(f)
os.fsync(f.fileno())
f.close()
```

```python name=map after=make max_steps=1G
import numpy as np
pages = 16  # parameter 2..64 log: array size, pages
share = 0.05  # parameter 0.01..1 log: share of pages touched
m = np.memmap("x.bin", dtype="float64", mode="r+")
m[:int(share * pages) * 512:512] += 1
m.flush()
)";

}  // namespace

lesson::Lesson two_ways(Way way) {
  std::string text = kHead;
  if (way == Way::broken) text += "[0][pages // 16]\n";
  if (way == Way::endless) text += "while True:\n    pages += 1\n";
  auto lesson = lesson::parse("two-ways", text + "```\n");
  if (const auto* problem = std::get_if<lesson::Problem>(&lesson)) FAIL(problem->message);
  return std::get<lesson::Lesson>(std::move(lesson));
}

}  // namespace viz_tests
