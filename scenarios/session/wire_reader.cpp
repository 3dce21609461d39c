// The reader's end: bytes into calls, every value looked at.

#include <fmt/format.h>

#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

#include "scenarios/session/credible.h"
#include "scenarios/session/whole_number.h"
#include "scenarios/session/wire.h"
#include "scenarios/session/wire_fields.h"

namespace session {
namespace {

constexpr int kLastSignal = 64;  // Linux: _NSIG
constexpr int kLastStatus = 255;

sim::ProcessState process_in(In& in) {
  sim::ProcessState process;
  process.id = in.number<sim::ProcessId>();
  process.reserved = in.number<sim::Pages>();
  process.swapped = in.number<sim::Pages>();
  if (!in.yes_or_no()) return process;
  process.resident = in.number<sim::ResidentPages>();
  const auto& [anonymous, file, shared] = *process.resident;
  for (const sim::Pages kind : {anonymous, file, shared, process.swapped}) {
    if (kind > process.reserved) in.refuse("more pages in frames than are reserved");
  }
  sim::Pages entries;
  in.each([&] {
    const auto object = in.number<std::uint32_t>();
    process.file_entries.push_back({object, in.ranges()});
    entries += sim::Pages{process.file_entries.back().pages.count()};
  });
  if (entries != file) in.refuse("entries for other pages of files than are counted");
  return process;
}

sim::Observation observation_in(In& in) {
  sim::Observation seen;
  in.each([&] {
    sim::FileState file;
    file.name = in.text();  // empty: it has none any more
    if (!file.name.empty() && !is_name(file.name)) in.refuse("a file name that is none");
    file.object = in.number<std::uint32_t>();
    file.size = in.number<sim::Bytes>();
    in.each([&] { file.descriptors.push_back(in.number<sim::DescriptorState>()); });
    file.resident = in.ranges();
    file.dirty = in.ranges();
    file.writing = in.ranges();
    seen.files.push_back(std::move(file));
  });
  in.each([&] {
    sim::MemoryState memory;
    memory.object = in.number<std::uint32_t>();
    memory.resident = in.ranges();
    memory.swapped = in.ranges();
    memory.shared = in.ranges();
    seen.memory.push_back(std::move(memory));
  });
  in.each([&] {
    seen.processes.push_back(process_in(in));
    const std::size_t n = seen.processes.size();
    const bool ascends = n < 2 || seen.processes[n - 2].id < seen.processes[n - 1].id;
    if (!ascends) in.refuse("processes in disorder");
  });
  return seen;
}

std::vector<sim::Event> events_in(In& in) {
  const std::span<const std::byte> bytes = in.rest();
  std::vector<sim::Event> events(bytes.size() / sizeof(sim::Event));
  if (bytes.size() % sizeof(sim::Event) != 0) in.refuse("a part of an event");
  if (!events.empty()) std::memcpy(events.data(), bytes.data(), events.size() * sizeof(sim::Event));
  for (const sim::Event& event : events) {
    if (std::string why = why_impossible(event); !why.empty()) in.refuse(std::move(why));
  }
  return events;
}

// Each reads a message whole, and makes its call if all of it was good.

void read_events(In& in, RunSink& sink) {
  const std::vector<sim::Event> events = events_in(in);
  if (in.is_complete()) sink.happened(events);
}

void read_printed(In& in, RunSink& sink) {
  const auto stream = in.choice(Stream::err);
  const std::string text = in.text();
  if (in.is_complete()) sink.printed(stream, text);
}

void read_observation(In& in, RunSink& sink) {
  const sim::Observation seen = observation_in(in);
  if (in.is_complete()) sink.observed(seen);
}

void read_name(In& in, RunSink& sink) {
  const auto object = in.number<std::uint32_t>();
  const std::string name = in.text();
  if (in.is_complete()) sink.named(object, name);
}

void read_note(In& in, RunSink& sink) {
  Note note;
  note.topic = in.text();
  note.text = in.text();
  const bool counts = note.topic == topic::program_time || note.topic == topic::own_time ||
                      note.topic == topic::device_pages_in;
  if (in.is_good() && counts && !whole_number(note.text)) in.refuse("a count that is no number");
  if (in.is_complete()) sink.note(note);
}

void read_file(In& in, RunSink& sink, void (RunSink::*call)(std::string_view, const FileTruths&)) {
  const std::string name = in.text();
  if (in.is_good() && !is_name(name)) in.refuse("a file name that is none");
  FileTruths truths;
  for (FileTruth* t : {&truths.program, &truths.cache, &truths.durable}) *t = truth_in(in);
  if (in.is_complete()) (sink.*call)(name, truths);
}

Ending ending_in(In& in) {
  Ending end;
  end.kind = in.choice(EndKind::power_cut);
  end.message = in.text();
  end.error_line = in.text();
  end.signal = in.number<int>();
  end.line = in.number<std::uint32_t>();
  end.status = in.number<int>();
  return end;
}

}  // namespace

std::string WireReader::why_out_of_order(Message message) const {
  switch (message) {
    case Message::note: return {};
    case Message::line_begins:
    case Message::ended:
    case Message::named:
    case Message::file_now:
    case Message::file: break;
    case Message::line_goes_on:
    case Message::happened:
    case Message::printed:
    case Message::observed:
      if (expected_.detail != Conducted::Detail::output_only && !has_begun_) {
        return "something that happened before the first line";
      }
      break;
  }
  return has_ended_ ? "something that happened after the end" : "";
}

std::string WireReader::why_not_a_line(std::uint32_t line) const {
  return line > expected_.lines ? fmt::format("line {} of {}", line, expected_.lines) : "";
}

std::string WireReader::why_not_its_end(const Ending& e) const {
  using How = Stop::How;
  const bool is_cut_short = e.kind == EndKind::killed || e.kind == EndKind::power_cut;
  const How how = e.kind == EndKind::killed ? How::killed : How::power_cut;
  if (is_cut_short && (!expected_.stop || expected_.stop->how != how)) {
    return "an end that nobody asked for";
  }
  const int most = e.kind == EndKind::finished ? kLastStatus : 0;
  if (e.status < 0 || e.status > most) return fmt::format("an end with status {}", e.status);
  const bool by_signal = e.kind == EndKind::died || e.kind == EndKind::killed;
  const bool can_be = by_signal ? e.signal >= 1 && e.signal <= kLastSignal : e.signal == 0;
  return can_be ? why_not_a_line(e.line) : fmt::format("an end by signal {}", e.signal);
}

std::string WireReader::take(std::uint32_t type, std::span<const std::byte> payload) {
  if (type > static_cast<std::uint32_t>(Message::ended)) {
    return fmt::format("a message of type {}", type);
  }
  const Message message{type};
  if (std::string why = why_out_of_order(message); !why.empty()) return why;
  In in(payload);
  switch (message) {
    case Message::line_begins:
    case Message::line_goes_on: {
      const auto line = in.number<std::uint32_t>();
      if (std::string why = why_not_a_line(line); !why.empty()) in.refuse(std::move(why));
      if (!in.is_complete()) break;
      message == Message::line_begins ? sink_->line_begins(line) : sink_->line_goes_on(line);
      has_begun_ = true;
      line_ = line;
      break;
    }
    case Message::happened: read_events(in, *sink_); break;
    case Message::printed: read_printed(in, *sink_); break;
    case Message::observed: read_observation(in, *sink_); break;
    case Message::named: read_name(in, *sink_); break;
    case Message::note: read_note(in, *sink_); break;
    case Message::file_now: read_file(in, *sink_, &RunSink::file_now); break;
    case Message::file: read_file(in, *sink_, &RunSink::file); break;
    case Message::ended: {
      const Ending end = ending_in(in);
      if (std::string why = why_not_its_end(end); !why.empty()) in.refuse(std::move(why));
      if (!in.is_complete()) break;
      sink_->ended(end);
      has_ended_ = true;
      break;
    }
  }
  return in.problem();
}

}  // namespace session
