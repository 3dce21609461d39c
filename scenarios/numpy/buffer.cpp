// Getting and giving back an array's memory.

#include "scenarios/numpy/buffer.h"

#include <cmath>
#include <cstdio>

#include "scenarios/python/error.h"

namespace numpy {

Buffer::Buffer(python::Context& context, sim::Mapping mapping, sim::Bytes length)
    : computer_(&context.computer()),
      parting_(context.parting),
      mapping_(mapping),
      length_(length) {}

Buffer::~Buffer() {
  parting_.perform([this] { unmap(); });
}

void Buffer::unmap() {
  if (!mapped_) return;
  mapped_ = false;
  // The only errors are those of a wrong address, which a mapping's own is not.
  static_cast<void>(computer_->munmap(mapping_.base, length_));
}

python::Object* Buffer::clone(python::Cloner& cloner) {
  return new Buffer(cloner.context(), mapping_, length_);
}

namespace {

// 7450580597 bytes as "6.94 GiB": three digits, as _ArrayMemoryError words it.
std::string size_text(std::uint64_t bytes) {
  static constexpr const char* kUnits[] = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  std::size_t unit = 0;
  double n = static_cast<double>(bytes);
  while (std::nearbyint(n) >= 1024 && unit < 6) {
    n /= 1024;
    ++unit;
  }
  const bool three_digits = unit > 0 && std::nearbyint(n) < 1000;
  char text[40];
  std::snprintf(text, sizeof text,
                three_digits ? "%#.3g %s"
                : unit > 0   ? "%#.0f %s"
                             : "%.0f %s",
                n, kUnits[unit]);
  return text;
}

}  // namespace

python::Value map_anonymous(python::Context& context, sim::Bytes n, const std::string& what) {
  if (n.count == 0) return {};
  const std::uint64_t page = context.computer().page_size().count;
  const sim::Bytes length((n.count + page - 1) / page * page);
  sim::MapRequest request;
  request.length = length;
  request.protection = {.read = true, .write = true};
  request.sharing = sim::Sharing::private_copy;
  const auto mapping = context.computer().mmap(request);
  if (!mapping.ok()) {
    python::raise("numpy.core._exceptions._ArrayMemoryError",
                  "Unable to allocate " + size_text(n.count) + " for an array with " + what);
  }
  return python::make<Buffer>(context, *mapping, length);
}

}  // namespace numpy
