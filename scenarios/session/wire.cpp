// One message per call of RunSink, fields in order, integers as they lie in memory (both ends are
// one program on one machine).

#include "scenarios/session/wire.h"

#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

namespace session {
namespace {

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

class Out {
 public:
  template <class T>
  void number(T value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes(std::as_bytes(std::span(&value, 1)));
  }
  void text(std::string_view s) {
    number(std::uint64_t{s.size()});
    bytes(std::as_bytes(std::span(s.data(), s.size())));
  }
  void bytes(std::span<const std::byte> b) { data_.insert(data_.end(), b.begin(), b.end()); }
  void ranges(const sim::PageRanges& pages) {
    number(std::uint64_t{pages.ranges().size()});
    for (const sim::PageRange& r : pages.ranges()) number(r);
  }
  std::span<const std::byte> data() const { return data_; }

 private:
  std::vector<std::byte> data_;
};

class In {
 public:
  explicit In(std::span<const std::byte> data) : data_(data) {}

  template <class T>
  T number() {
    T value;
    SIM_CHECK(data_.size() >= sizeof value);
    std::memcpy(&value, data_.data(), sizeof value);
    data_ = data_.subspan(sizeof value);
    return value;
  }
  std::string text() {
    const auto n = number<std::uint64_t>();
    SIM_CHECK(data_.size() >= n);
    std::string s(reinterpret_cast<const char*>(data_.data()), n);
    data_ = data_.subspan(n);
    return s;
  }
  sim::PageRanges ranges() {
    sim::PageRanges pages;
    for (auto n = number<std::uint64_t>(); n > 0; --n) pages.append(number<sim::PageRange>());
    return pages;
  }
  std::span<const std::byte> rest() const { return data_; }

 private:
  std::span<const std::byte> data_;
};

void put(Out& out, const FileTruth& t) {
  out.number(t.known);
  out.number(t.size);
  out.text(t.first_bytes);
  out.text(t.sha256);
  out.text(t.why_not);
}

FileTruth get_truth(In& in) {
  FileTruth t;
  t.known = in.number<bool>();
  t.size = in.number<std::uint64_t>();
  t.first_bytes = in.text();
  t.sha256 = in.text();
  t.why_not = in.text();
  return t;
}

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
  }
}

sim::Observation get_observation(In& in) {
  sim::Observation seen;
  for (auto n = in.number<std::uint64_t>(); n > 0; --n) {
    sim::FileState file;
    file.name = in.text();
    file.object = in.number<std::uint32_t>();
    file.size = in.number<sim::Bytes>();
    for (auto d = in.number<std::uint64_t>(); d > 0; --d) {
      file.descriptors.push_back(in.number<sim::DescriptorState>());
    }
    file.resident = in.ranges();
    file.dirty = in.ranges();
    file.writing = in.ranges();
    seen.files.push_back(std::move(file));
  }
  for (auto n = in.number<std::uint64_t>(); n > 0; --n) {
    sim::MemoryState memory;
    memory.object = in.number<std::uint32_t>();
    memory.resident = in.ranges();
    memory.swapped = in.ranges();
    seen.memory.push_back(std::move(memory));
  }
  return seen;
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

std::vector<sim::Event> get_events(std::span<const std::byte> payload) {
  SIM_CHECK(payload.size() % sizeof(sim::Event) == 0);
  std::vector<sim::Event> events(payload.size() / sizeof(sim::Event));
  if (!events.empty()) std::memcpy(events.data(), payload.data(), payload.size());
  return events;
}

Ending get_ending(In& in) {
  Ending e;
  e.kind = in.number<EndKind>();
  e.message = in.text();
  e.error_line = in.text();
  e.signal = in.number<int>();
  e.line = in.number<std::uint32_t>();
  return e;
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

void WireWriter::printed(Stream stream, std::string_view text) {
  Out out;
  out.number(stream);
  out.text(text);
  send(send_, Message::printed, out);
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
  send(send_, Message::ended, out);
}

void deliver(std::uint32_t type, std::span<const std::byte> payload, RunSink& sink) {
  In in(payload);
  switch (Message{type}) {
    case Message::line_begins: return sink.line_begins(in.number<std::uint32_t>());
    case Message::line_goes_on: return sink.line_goes_on(in.number<std::uint32_t>());
    case Message::happened: return sink.happened(get_events(payload));
    case Message::printed: {
      const auto stream = in.number<Stream>();
      return sink.printed(stream, in.text());
    }
    case Message::observed: return sink.observed(get_observation(in));
    case Message::named: {
      const auto object = in.number<std::uint32_t>();
      return sink.named(object, in.text());
    }
    case Message::note: {
      const std::string topic = in.text();
      return sink.note({topic, in.text()});
    }
    case Message::file_now:
    case Message::file: {
      const std::string name = in.text();
      const FileTruth program = get_truth(in), cache = get_truth(in), durable = get_truth(in);
      const FileTruths truths{program, cache, durable};
      return Message{type} == Message::file ? sink.file(name, truths) : sink.file_now(name, truths);
    }
    case Message::ended: return sink.ended(get_ending(in));
  }
  SIM_CHECK(false);
}

}  // namespace session
