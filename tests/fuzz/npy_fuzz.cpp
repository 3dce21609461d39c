// Any bytes as a .npy file: loaded whole, loaded as a map, and as raw elements.

#include "tests/fuzz/play.h"
#include "tests/fuzz/target.h"

namespace {

// The header is what is fuzzed; an error that Python would raise is an answer, too.
constexpr std::string_view kReaders[] = {
    "import numpy as np\n"
    "a = np.load('a.npy')\n"
    "print(a.dtype, a.shape, a)\n"
    "print(a.sum())\n",
    "import numpy as np\n"
    "a = np.load('a.npy', mmap_mode='r+')\n"
    "print(a.dtype, a.shape)\n"
    "a[...] = 0\n"
    "a.flush()\n"
    "print(a.reshape(-1)[-1])\n",
    "import numpy as np\n"
    "from numpy.lib.format import open_memmap\n"
    "a = open_memmap('a.npy')\n"
    "np.save('b.npy', a)\n"
    "print(np.load('b.npy').shape)\n",
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(fuzz::text_of(data, size));
  for (const std::string_view reader : kReaders) fuzz::play(reader, {{"a.npy", bytes}});
  return 0;
}
