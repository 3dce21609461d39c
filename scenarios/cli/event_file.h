// --events: every event as one JSON object per line, touches included.

#pragma once

#include <fstream>
#include <string>

#include "scenarios/session/recorder.h"

namespace cli {

class EventFile final : public session::EventTap {
 public:
  explicit EventFile(const std::string& path) : out_(path) {}
  bool is_open() const { return out_.is_open(); }
  // Whether all events are in the file; none can be told afterwards.
  bool finish();
  void tap(const session::Run&, std::uint32_t line, std::span<const sim::Event>) override;

 private:
  std::ofstream out_;
};

}  // namespace cli
