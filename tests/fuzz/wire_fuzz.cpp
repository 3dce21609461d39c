// Any bytes as what a child process tells: a true telling of a small program with bytes changed, so
// that it stays one when the wire's format changes.

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "scenarios/session/conductor.h"
#include "scenarios/session/play.h"
#include "scenarios/session/reconcile.h"
#include "scenarios/session/recorder.h"
#include "scenarios/session/wire.h"
#include "sim/machine.h"
#include "tests/fuzz/target.h"

namespace {

struct Message {
  std::uint32_t type = 0;
  std::vector<std::byte> payload;
};

constexpr std::string_view kProgram =
    "import numpy as np\n"
    "m = np.memmap('data.bin', dtype='int32', mode='w+', shape=3000)\n"
    "m[::1024] = 7\n"
    "m.flush()\n"
    "print(m.sum())\n"
    "raise ValueError('told')\n";
constexpr std::uint32_t kLines = 6;

std::vector<Message> true_telling() {
  std::vector<Message> messages;
  const auto program = session::compile_program(kProgram, "told.py");
  session::WireWriter writer([&](std::uint32_t type, std::span<const std::byte> payload) {
    messages.push_back({type, {payload.begin(), payload.end()}});
  });
  session::EventRelay relay(writer);
  sim::EventStream events(relay);
  sim::Machine machine{sim::MachineConfig{}};
  machine.attach(&events);
  session::conduct({.program = std::get<python::Program>(program),
                    .computer = machine,
                    .events = events,
                    .sink = writer,
                    .budget = {}},
                   relay);
  machine.attach(nullptr);
  return messages;
}

// Input: changes of five bytes each, (message: 2, how: 1, where: 1, what: 1).
void change(std::vector<Message>& messages, std::span<const std::uint8_t, 5> change) {
  const std::size_t number = change[0] | std::size_t{change[1]} << 8;
  Message& message = messages[number % messages.size()];
  std::vector<std::byte>& payload = message.payload;
  const std::byte value{change[4]};
  switch (change[2] % 5) {
    case 0: message.type = change[4]; break;
    case 1: payload.resize(std::min<std::size_t>(payload.size(), change[3])); break;
    case 2: payload.insert(payload.end(), change[3], value); break;
    case 3: std::swap(message, messages[change[3] % messages.size()]); break;
    default:
      if (!payload.empty()) payload[change[3] % payload.size()] = value;
      break;
  }
}

// Up to the first message that is refused, as a real run ends there.
session::Run run_of(std::span<const Message> messages, session::ComputerKind kind) {
  session::Recorder recorder(kind, {}, 1000);
  session::WireReader reader({.lines = kLines}, recorder);
  for (const Message& message : messages) {
    if (!reader.take(message.type, message.payload).empty()) break;
  }
  return recorder.take();
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<Message> kTelling = true_telling();
  static const session::Run kTrueRun = run_of(kTelling, session::ComputerKind::simulated);
  std::vector<Message> messages = kTelling;
  for (; size >= 5; data += 5, size -= 5) {
    change(messages, std::span<const std::uint8_t, 5>(data, 5));
  }
  session::reconcile(kTrueRun, run_of(messages, session::ComputerKind::real));
  return 0;
}
