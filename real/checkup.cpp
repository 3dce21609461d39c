// The child tells each capability as a message of NUL-ended texts.

#include "real/checkup.h"

#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "real/child.h"
#include "real/scratch.h"
#include "sim/core/event_stream.h"

namespace real {
namespace {

enum class Told : std::uint32_t { instrument, layer, problem };

void send(Channel& channel, Told what, const Capability& c) {
  std::string text;
  text.push_back(c.available ? 1 : 0);
  for (const std::string& part : {c.name, c.why_not, c.lost}) text += part + '\0';
  channel.send(static_cast<std::uint32_t>(what), std::as_bytes(std::span(text)));
}

int try_all(Channel& channel, const CheckupSetup& setup, int directory) {
  sim::EventLog log;
  sim::EventStream events(log);
  auto made = LinuxHost::make(
      {.directory = directory, .events = &events, .evictions = {}, .sources = setup.sources});
  if (const auto* problem = std::get_if<Problem>(&made)) {
    send(channel, Told::problem, {problem->what, false, {}, {}});
    return 0;
  }
  const LinuxHost& host = *std::get<0>(made);
  for (const Capability& c : host.capabilities()) send(channel, Told::instrument, c);
  for (const Capability& c : seal({.directory = directory, .layers = setup.layers})) {
    send(channel, Told::layer, c);
  }
  return 0;
}

class Listener final : public MessageSink {
 public:
  explicit Listener(Checkup& into) : into_(&into) {}

  std::string message(std::uint32_t type, std::span<const std::byte> payload) override {
    std::string_view text(reinterpret_cast<const char*>(payload.data()), payload.size());
    if (text.empty()) return "a capability without a name";
    Capability c;
    c.available = text[0] != 0;
    text.remove_prefix(1);
    for (std::string* part : {&c.name, &c.why_not, &c.lost}) {
      const std::size_t length = std::min(text.find('\0'), text.size());
      *part = text.substr(0, length);
      text.remove_prefix(std::min(length + 1, text.size()));
    }
    switch (static_cast<Told>(type)) {
      case Told::instrument: into_->instruments.push_back(std::move(c)); return {};
      case Told::layer: into_->seal.push_back(std::move(c)); return {};
      case Told::problem: problem = Problem{std::move(c.name)}; return {};
    }
    return "an unknown kind of capability";
  }

  std::optional<Problem> problem;

 private:
  Checkup* into_;
};

// A child that could not tell everything.
std::optional<Problem> problem_of(const Ended& ended, const Checkup& found) {
  if (ended.signal != 0) {
    return Problem{std::string("the sandboxed child process died of a signal (") +
                   ::sigdescr_np(ended.signal) + ")"};
  }
  if (found.seal.empty()) return Problem{"the sandboxed child process ended too early"};
  return std::nullopt;
}

}  // namespace

Or<Checkup> check_up(const CheckupSetup& setup) {
  auto made = Scratch::make();
  if (const auto* problem = std::get_if<Problem>(&made)) return *problem;
  const Scratch scratch = std::get<Scratch>(std::move(made));
  Checkup found{.scratch = scratch.path(), .filesystem = scratch.filesystem()};
  struct statvfs status {};
  if (::fstatvfs(scratch.directory(), &status) == 0) {
    found.block_size = sim::Bytes{std::uint64_t{status.f_bsize}};
  }
  found.page_size = sim::Bytes{static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE))};
  Listener listener(found);
  const auto ended = run_in_child(
      {.work = [&](Channel& channel) { return try_all(channel, setup, scratch.directory()); },
       .limits = {},
       .descriptors = {scratch.directory()}},
      listener);
  if (const auto* problem = std::get_if<Problem>(&ended)) return *problem;
  if (listener.problem) return *listener.problem;
  if (auto problem = problem_of(std::get<Ended>(ended), found)) return *problem;
  return found;
}

}  // namespace real
