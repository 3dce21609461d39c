// Compiles and runs them.

#include "tests/viz/model/films.h"

#include "sim/core/check.h"

namespace viz_tests {
namespace {

constexpr const char* kChangeMap = R"(import numpy as np
mm = np.memmap("data.bin", dtype="int32", mode="r+")
mm[2:] = 0
mm.flush()
)";

constexpr const char* kReadAndWrite = R"(import numpy as np
fp = open("data.bin", "rb+")
arr = np.fromfile(fp, dtype=np.int32)
arr[2:] = 0
fp.seek(0)
arr.tofile(fp)
fp.close()
print("done")
)";

constexpr const char* kLoop = R"(import numpy as np
a = np.zeros(5120)
for turn in range(3):
    for p in range(10):
        a[p * 512] += 1
print(a[0])
)";

// A page that came back from swap is loaded from in one line and stored to in a later one.
constexpr const char* kBackFromSwap = R"(import numpy as np
a = np.zeros(3072)
for p in range(6):
    a[p * 512] = 1
x = a[0]
y = 2
a[0] = y
)";

// More dirty pages of a file than frames: eviction writes them back.
constexpr const char* kEvictFile = R"(import numpy as np
np.zeros(4096).tofile("big.bin")
mm = np.memmap("big.bin", dtype="float64", mode="r+")
for i in range(8):
    mm[i * 512] = i
s = mm[0]
mm.flush()
)";

constexpr const char* kPrivateMap = R"(import numpy as np
np.arange(2048.0).tofile("p.bin")
mm = np.memmap("p.bin", dtype="float64", mode="c")
x = mm[0]
mm[0] = 7
mm[512] = 8
mm[600] = x
del mm
)";

constexpr const char* kTwoArrays = R"(import numpy as np
def fill(into, value):
    for i in range(2):
        into[i * 512] = value
a = np.zeros(1024)
b = np.zeros(1024)
fill(a, 1)
fill(b, 2)
a += b
with open("sum.bin", "wb") as fp:
    a.tofile(fp)
print(a[0])
raise ValueError("over")
)";

std::string four_integers() {
  std::string bytes(16, '\0');
  for (std::size_t i = 0; i < 4; ++i) bytes[i * 4] = static_cast<char>(i);
  return bytes;
}

}  // namespace

const std::vector<Script>& scripts() {
  static const std::vector<Script> kScripts{
      {"change a map", kChangeMap, {"frames=8"}, {{"data.bin", four_integers()}}},
      {"read and write", kReadAndWrite, {"frames=8"}, {{"data.bin", four_integers()}}},
      {"loop under lru", kLoop, {"frames=8"}},
      {"loop by lot", kLoop, {"frames=8", "policy=random"}},
      {"back from swap", kBackFromSwap, {"frames=4"}},
      {"evict a file", kEvictFile, {"frames=4"}},
      {"private map", kPrivateMap, {"frames=16"}},
      {"private map in few frames", kPrivateMap, {"frames=4"}},
      {"two arrays", kTwoArrays, {"frames=6", "tlb_entries=4", "tlb_ways=4"}}};
  return kScripts;
}

const Script& script(const std::string& name) {
  for (const Script& s : scripts()) {
    if (s.name == name) return s;
  }
  SIM_CHECK(false);
}

std::shared_ptr<const viz::Film> film_of(const Script& s) {
  auto compiled = session::compile_program(s.source, "test.py");
  SIM_CHECK(std::holds_alternative<python::Program>(compiled));
  session::Settings settings;
  for (const std::string& setting : s.settings) {
    SIM_CHECK(!session::apply_setting(settings, setting));
  }
  SIM_CHECK(!session::check_settings(settings));
  return viz::make_film(
      {.program = std::get<python::Program>(compiled), .settings = settings, .files = s.files});
}

}  // namespace viz_tests
