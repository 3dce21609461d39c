// A RunSink that hears nothing: for those who want a few of its calls only.

#pragma once

#include "scenarios/session/run_sink.h"

namespace session {

class QuietSink : public RunSink {
 public:
  void line_begins(std::uint32_t) override {}
  void line_goes_on(std::uint32_t) override {}
  void happened(std::span<const sim::Event>) override {}
  void printed(Stream, std::string_view) override {}
  void file_now(std::string_view, const FileTruths&) override {}
  void observed(const sim::Observation&) override {}
  void named(std::uint32_t, std::string_view) override {}
  void note(const Note&) override {}
  void file(std::string_view, const FileTruths&) override {}
  void ended(const Ending&) override {}
};

}  // namespace session
