// A run's telling as bytes: what the child sends through its channel, and the parent reads back.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "scenarios/session/conductor.h"
#include "scenarios/session/run_sink.h"

namespace session {

enum class Message : std::uint32_t {
  line_begins,
  line_goes_on,
  happened,
  printed,
  observed,
  named,
  note,
  file_now,
  file,
  ended,
};

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

// Makes the calls that messages stand for. Who sends them is not trusted: it runs the program, and
// a defect of the computer or the language could have it send anything. Every value is looked at,
// so that whoever is called may rely on it, and so is the order of the calls.
class WireReader {
 public:
  struct Expected {
    std::uint32_t lines = 0;  // of the program
    // Whether steps are told, or only what is printed and the ending.
    Conducted::Detail detail = Conducted::Detail::full;
    std::optional<Stop> stop = {};  // how the run may end before its time
  };
  WireReader(const Expected& expected, RunSink& sink) : expected_(expected), sink_(&sink) {}

  // Empty, or what is wrong with the message: nothing was called then.
  std::string take(std::uint32_t type, std::span<const std::byte> payload);

  std::uint32_t line() const { return line_; }  // the last that was told; 0: none was
  bool has_ended() const { return has_ended_; }

 private:
  // Each empty, or why that cannot come now.
  std::string why_out_of_order(Message) const;
  std::string why_not_a_line(std::uint32_t) const;
  std::string why_not_its_end(const Ending&) const;

  Expected expected_;
  RunSink* sink_;
  bool has_begun_ = false;  // a line has
  std::uint32_t line_ = 0;
  bool has_ended_ = false;
};

}  // namespace session
