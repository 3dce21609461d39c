// A run's telling as bytes: what the child sends through its channel, and the parent reads back.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "scenarios/session/run_sink.h"

namespace session {

using Send = std::function<void(std::uint32_t type, std::span<const std::byte> payload)>;

// A RunSink that turns each call into one message.
class WireWriter final : public RunSink {
 public:
  explicit WireWriter(Send send) : send_(std::move(send)) {}

  void line_begins(std::uint32_t line) override;
  void line_goes_on(std::uint32_t line) override;
  void happened(std::span<const sim::Event>) override;
  void printed(Stream, std::string_view) override;
  void observed(const sim::Observation&) override;
  void named(std::uint32_t object, std::string_view name) override;
  void note(const Note&) override;
  void file_now(std::string_view name, const FileTruths&) override;
  void file(std::string_view name, const FileTruths&) override;
  void ended(const Ending&) override;

 private:
  Send send_;
};

// Makes the call that a message stands for. A message that is none (wrong type, short payload) is a
// programming error: both ends are this file.
void deliver(std::uint32_t type, std::span<const std::byte> payload, RunSink&);

}  // namespace session
