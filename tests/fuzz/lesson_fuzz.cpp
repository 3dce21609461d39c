// Any text as a lesson: front matter, Markdown, program blocks and their places, predictions.

#include "scenarios/lesson/lesson.h"
#include "tests/fuzz/target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  lesson::parse("fuzzed", fuzz::text_of(data, size));
  return 0;
}
