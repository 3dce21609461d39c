// Programs for which memory runs out, wherever that is: they end as killed, and do nothing after.

#include <doctest/doctest.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "scenarios/session/play.h"

namespace session {
namespace {

struct Kills final : EventTap {
  void tap(const Run&, std::uint32_t, std::span<const sim::Event> events) override {
    for (const sim::Event& e : events) {
      if (is_killed && !is_end_of_call(e)) after.push_back(e);
      is_killed = is_killed || (e.kind == sim::EventKind::signal && e.detail == SIGKILL);
    }
  }
  // The call that it died in is told, too.
  bool is_end_of_call(const sim::Event& e) const {
    return after.empty() && e.kind == sim::EventKind::system_call && e.detail == ENOMEM;
  }
  bool is_killed = false;
  std::vector<sim::Event> after;
};

Ending check_death(const std::string& text, std::uint64_t frames, std::uint64_t swap) {
  CAPTURE(text);
  CAPTURE(frames);
  CAPTURE(swap);
  auto compiled = compile_program(text, "prog.py");
  Settings settings;
  settings.machine.frames = sim::Pages{frames};
  settings.machine.swap_pages = sim::Pages{swap};
  Kills kills;
  const Run run = play_simulated({.program = std::get<python::Program>(compiled),
                                  .settings = settings,
                                  .files = {},
                                  .tap = &kills})
                      .run;
  CHECK((run.ending.kind == EndKind::died) == kills.is_killed);
  if (!kills.is_killed) {
    CHECK(run.ending.kind == EndKind::finished);
    return run.ending;
  }
  CHECK(run.ending.signal == SIGKILL);
  REQUIRE(kills.after.size() == 1);
  CHECK(kills.after[0].kind == sim::EventKind::system_call);
  CHECK(sim::SystemCall{kills.after[0].operand} == sim::SystemCall::exit);
  return run.ending;
}

// What a file writes as it goes meets full memory. In the last program it goes at the exit.
constexpr std::array kPrograms = {
    "import numpy as np\n"
    "np.save('a.npy', np.arange(8192, dtype=np.int32))\n",

    "import numpy as np\n"
    "f = open('a.bin', 'wb')\n"
    "f.write(b'x' * 100)\n"
    "x = np.ones(8 * 512)\n"
    "f = 1\n"
    "print('alive')\n",

    "import numpy as np\n"
    "f = [open('a.txt', 'w'), open('b.txt', 'w')]\n"
    "f[0].write('x')\n"
    "f[1].write('y' * 9000)\n"
    "x = np.ones(8 * 512)\n"
    "f.clear()\n"
    "print('alive')\n"
    "x[0] = 2\n",

    "import numpy as np\n"
    "def write(text):\n"
    "    f = open('a.txt', 'w')\n"
    "    f.write(text)\n"
    "    raise ValueError('the file goes with the frame')\n"
    "x = np.ones(8 * 512)\n"
    "try:\n"
    "    write('x')\n"
    "except ValueError:\n"
    "    print('alive')\n",

    "import numpy as np\n"
    "a = np.arange(2048, dtype=np.int64)\n"
    "b = (a + a) * (a - 1)\n"
    "b.tofile('b.bin')\n"
    "with open('b.txt', 'w') as f:\n"
    "    f.write(str(b[:600].tolist()))\n",

    "import numpy as np\n"
    "f = open('a.bin', 'wb')\n"
    "f.write(b'x' * 100)\n"
    "x = np.ones(8 * 512)\n",
};

TEST_CASE("a program for which memory runs out is killed, and nothing follows but its exit") {
  for (const std::string text : kPrograms) {
    int deaths = 0;
    for (std::uint64_t frames = 2; frames <= 10; ++frames) {
      for (std::uint64_t swap = 0; swap <= 8; ++swap) {
        deaths += check_death(text, frames, swap).kind == EndKind::died ? 1 : 0;
      }
    }
    CAPTURE(text);
    CHECK(deaths > 10);
  }
}

TEST_CASE("a file that cannot be written as the program leaves kills it there") {
  const Ending end = check_death(kPrograms.back(), 8, 0);
  CHECK(end.kind == EndKind::died);
}

}  // namespace
}  // namespace session
