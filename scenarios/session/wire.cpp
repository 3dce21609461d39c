// The writer's end: one message per call of RunSink, fields in order, integers as they lie in
// memory (both ends are one program on one machine).

#include "scenarios/session/wire.h"

#include <algorithm>
#include <vector>

#include "scenarios/session/wire_fields.h"

namespace session {
namespace {

void put(Out& out, const sim::Observation& seen) {
  out.number(std::uint64_t{seen.files.size()});
  for (const sim::FileState& file : seen.files) {
    out.text(file.name);
    out.number(file.object);
    out.number(file.size);
    out.number(std::uint64_t{file.descriptors.size()});
    for (const sim::DescriptorState& d : file.descriptors) out.number(d);
    out.ranges(file.resident);
    out.ranges(file.dirty);
    out.ranges(file.writing);
  }
  out.number(std::uint64_t{seen.memory.size()});
  for (const sim::MemoryState& memory : seen.memory) {
    out.number(memory.object);
    out.ranges(memory.resident);
    out.ranges(memory.swapped);
    out.ranges(memory.shared);
  }
  out.number(std::uint64_t{seen.processes.size()});
  for (const sim::ProcessState& process : seen.processes) {
    out.number(process.id);
    out.number(process.reserved);
    out.number(process.swapped);
    out.number(process.resident.has_value());
    if (!process.resident) continue;
    out.number(*process.resident);
    out.number(std::uint64_t{process.file_entries.size()});
    for (const sim::FileEntries& entries : process.file_entries) {
      out.number(entries.object);
      out.ranges(entries.pages);
    }
  }
}

void send(const Send& to, Message type, const Out& out) {
  to(static_cast<std::uint32_t>(type), out.data());
}

void send_file(const Send& to, Message type, std::string_view name, const FileTruths& truths) {
  Out out;
  out.text(name);
  put(out, truths.program);
  put(out, truths.cache);
  put(out, truths.durable);
  send(to, type, out);
}

}  // namespace

void WireWriter::line_begins(std::uint32_t line) {
  Out out;
  out.number(line);
  send(send_, Message::line_begins, out);
}

void WireWriter::line_goes_on(std::uint32_t line) {
  Out out;
  out.number(line);
  send(send_, Message::line_goes_on, out);
}

void WireWriter::happened(std::span<const sim::Event> events) {
  send_(static_cast<std::uint32_t>(Message::happened), std::as_bytes(events));
}

// In pieces: what a program prints may be longer than any message.
void WireWriter::printed(Stream stream, std::string_view text) {
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  do {
    Out out;
    out.number(stream);
    out.text(text.substr(0, kPiece));
    send(send_, Message::printed, out);
    text.remove_prefix(std::min(kPiece, text.size()));
  } while (!text.empty());
}

void WireWriter::observed(const sim::Observation& seen) {
  Out out;
  put(out, seen);
  send(send_, Message::observed, out);
}

void WireWriter::named(std::uint32_t object, std::string_view name) {
  Out out;
  out.number(object);
  out.text(name);
  send(send_, Message::named, out);
}

void WireWriter::note(const Note& note) {
  Out out;
  out.text(note.topic);
  out.text(note.text);
  send(send_, Message::note, out);
}

void WireWriter::file_now(std::string_view name, const FileTruths& truths) {
  send_file(send_, Message::file_now, name, truths);
}

void WireWriter::file(std::string_view name, const FileTruths& truths) {
  send_file(send_, Message::file, name, truths);
}

void WireWriter::ended(const Ending& e) {
  Out out;
  out.number(e.kind);
  out.text(e.message);
  out.text(e.error_line);
  out.number(e.signal);
  out.number(e.line);
  out.number(e.status);
  send(send_, Message::ended, out);
}

}  // namespace session
