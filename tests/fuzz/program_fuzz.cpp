// Any text as a program: lexer, parser, compiler, evaluator, arrays, the simulated computer.

#include "tests/fuzz/play.h"
#include "tests/fuzz/target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::play(fuzz::text_of(data, size), {{"data.bin", std::string(9000, '\1')}});
  return 0;
}
