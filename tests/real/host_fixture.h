// A real computer in this very process, with a scratch directory and a record of its events.

#pragma once

#include <doctest/doctest.h>

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "real/linux_host.h"
#include "real/scratch.h"
#include "sim/core/event_stream.h"

namespace real {

inline std::span<const std::byte> bytes_of_text(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

inline constexpr sim::Bytes kPage{4096};
inline constexpr sim::Protection kReadWrite{true, true};
inline constexpr sim::Protection kReadOnly{true, false};
inline constexpr sim::OpenFlags kCreate{sim::OpenAccess::read_write, true, false, true, false};
inline constexpr sim::OpenFlags kReadWriteFile{sim::OpenAccess::read_write, false, false, false,
                                               false};

class HostFixture {
 public:
  explicit HostFixture(const HostSources& sources = {}) : scratch_(make_scratch()) {
    start(sources);
  }

  LinuxHost& host() { return *host_; }
  const Scratch& scratch() const { return scratch_; }
  sim::EventStream& stream() { return stream_; }
  sim::EventLog& log() { return log_; }

  // A new computer on the same files: cold again.
  void start(const HostSources& sources = {}, std::span<const MirroredEviction> evictions = {},
             Mode mode = Mode::exact) {
    host_.reset();
    events();
    evictions_.assign(evictions.begin(), evictions.end());
    auto made = LinuxHost::make({scratch_.directory(), &stream_, evictions_, sources, mode});
    if (const auto* problem = std::get_if<Problem>(&made)) FAIL(problem->what);
    host_ = std::move(std::get<std::unique_ptr<LinuxHost>>(made));
  }

  // Events since the last call.
  std::vector<sim::Event> events() {
    stream_.flush();
    std::vector<sim::Event> taken = log_.events();
    log_.clear();
    return taken;
  }
  std::vector<sim::Event> events(sim::EventKind kind) {
    std::vector<sim::Event> some;
    for (const sim::Event& e : events()) {
      if (e.kind == kind) some.push_back(e);
    }
    return some;
  }

  // A file of whole pages, each filled with its number, cold at the next start().
  void make_file(std::string_view name, std::uint64_t pages) {
    const sim::Fd fd = *host_->open(name, kCreate);
    for (std::uint64_t p = 0; p < pages; ++p) {
      const std::vector<std::byte> page(kPage.count, static_cast<std::byte>(p + 1));
      REQUIRE(host_->write(fd, page).ok());
    }
    REQUIRE(host_->close(fd).ok());
  }

  sim::Mapping map(std::string_view name, sim::Bytes length, sim::Sharing sharing,
                   sim::Protection protection = kReadWrite) {
    const bool writes = protection.write && sharing == sim::Sharing::shared;
    sim::OpenFlags flags;
    flags.access = writes ? sim::OpenAccess::read_write : sim::OpenAccess::read_only;
    const sim::Fd fd = *host_->open(name, flags);
    const auto mapping =
        host_->mmap({.file = fd, .length = length, .protection = protection, .sharing = sharing});
    REQUIRE(mapping.ok());
    REQUIRE(host_->close(fd).ok());
    events();
    return *mapping;
  }

  sim::Mapping map_anonymous(sim::Bytes length) {
    const auto mapping = host_->mmap({.length = length, .protection = kReadWrite});
    REQUIRE(mapping.ok());
    events();
    return *mapping;
  }

  std::byte load(sim::VirtAddr at) {
    std::byte value{};
    REQUIRE(host_->load(at, std::span(&value, 1)).is_done());
    return value;
  }
  void store(sim::VirtAddr at, std::byte value) {
    REQUIRE(host_->store(at, std::span<const std::byte>(&value, 1)).is_done());
  }

  bool has_note(std::string_view part) const {
    for (const std::string& note : host_->notes()) {
      if (note.find(part) != std::string::npos) return true;
    }
    return false;
  }

 private:
  static Scratch make_scratch() {
    auto made = Scratch::make();
    if (const auto* problem = std::get_if<Problem>(&made)) FAIL(problem->what);
    return std::move(std::get<Scratch>(made));
  }

  Scratch scratch_;
  sim::EventLog log_;
  sim::EventStream stream_{log_};
  std::vector<MirroredEviction> evictions_;  // outlive the host
  std::unique_ptr<LinuxHost> host_;
};

// Kinds of events as one line each, to compare and to read.
inline std::vector<std::string> names_of(const std::vector<sim::Event>& events) {
  std::vector<std::string> names;
  for (const sim::Event& e : events) {
    std::string text = sim::name_of(e.kind);
    if (e.kind == sim::EventKind::system_call) {
      text = sim::name_of(static_cast<sim::SystemCall>(e.operand));
    } else {
      text += " " + std::to_string(e.page.object) + ":" + std::to_string(e.page.index);
    }
    const bool is_fault =
        e.kind == sim::EventKind::fault_minor || e.kind == sim::EventKind::fault_major;
    const auto bit = [&](std::uint16_t mask, const char* word) {
      if (is_fault && (e.detail & mask) != 0) text += std::string(" ") + word;
    };
    bit(sim::fault_detail::cow, "cow");
    bit(sim::fault_detail::write_notify, "write_notify");
    bit(sim::fault_detail::swap_in, "swap_in");
    bit(sim::fault_detail::zero_page, "zero_page");
    bit(sim::fault_detail::in_system_call, "in_system_call");
    names.push_back(text);
  }
  return names;
}

using Names = std::vector<std::string>;

}  // namespace real

namespace doctest {
template <>
struct StringMaker<real::Names> {
  static String convert(const real::Names& names) {
    std::string text;
    for (const std::string& name : names) text += "\n  " + name;
    return text.c_str();
  }
};
}  // namespace doctest
