// The observation, the bytes of every file in its three truths, and both clocks.

#include "tests/viz/model/machine_digest.h"

#include <sstream>

namespace viz_tests {
namespace {

void put(std::ostream& out, const sim::PageRanges& pages) {
  for (const sim::PageRange& range : pages.ranges()) out << ' ' << range.first << '-' << range.end;
  out << ';';
}

void put(std::ostream& out, const sim::FileBytes& bytes) {
  if (!bytes.bytes) out << "absent";
  for (std::size_t i = 0; bytes.bytes && i < bytes.bytes->size(); ++i) {
    out << static_cast<int>((*bytes.bytes)[i]) << ',';
  }
  out << '\n';
}

}  // namespace

std::string digest_of(const sim::Machine& machine) {
  sim::Machine copy(machine);
  std::ostringstream out;
  out << copy.touches() << " touches, " << copy.kernel().events.now().count << " ns\n";
  const sim::Observation seen = copy.observe();
  for (const sim::MemoryState& memory : seen.memory) {
    out << "memory " << memory.object;
    put(out, memory.resident);
    put(out, memory.swapped);
    out << '\n';
  }
  for (const sim::FileState& file : seen.files) {
    out << file.name << ' ' << file.object << ' ' << file.size.count;
    for (const sim::DescriptorState& open : file.descriptors) {
      out << " fd " << open.fd.number << '@' << open.position.index;
    }
    put(out, file.resident);
    put(out, file.dirty);
    if (file.name.empty()) continue;
    for (const auto truth : {sim::Truth::program, sim::Truth::cache, sim::Truth::durable}) {
      put(out, copy.bytes_of(file.name, truth, sim::FileOffset{0}, file.size));
    }
  }
  return out.str();
}

}  // namespace viz_tests
