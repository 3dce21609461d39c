// See text_file.h.

#include "scenarios/numpy/text_file.h"

#include <cstdio>

#include "scenarios/numpy/file_methods.h"
#include "scenarios/python/native_work.h"
#include "scenarios/python/utf8.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::raise;
using python::Value;

// Raises UnicodeDecodeError where the bytes are no UTF-8. The bytes it blames are those of a
// sequence that began well.
void expect_utf8(std::string_view bytes) {
  const auto bad = python::find_bad_utf8(bytes);
  if (!bad) return;
  std::size_t end = bad->position + 1;
  const bool began_well = std::string_view(bad->reason) != "invalid start byte";
  while (began_well && end < bytes.size() &&
         (static_cast<unsigned char>(bytes[end]) & 0xc0) == 0x80) {
    ++end;
  }
  char where[96];
  if (end - bad->position == 1) {
    const auto byte = static_cast<unsigned char>(bytes[bad->position]);
    std::snprintf(where, sizeof where, "byte 0x%02x in position %zu", byte, bad->position);
  } else {
    std::snprintf(where, sizeof where, "bytes in position %zu-%zu", bad->position, end - 1);
  }
  raise("UnicodeDecodeError",
        std::string("'utf-8' codec can't decode ") + where + ": " + bad->reason);
}

// Checks and translates: "\r\n" and "\r" become "\n".
std::string decoded(std::string_view bytes) {
  expect_utf8(bytes);
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] != '\r') {
      text += bytes[i];
      continue;
    }
    text += '\n';
    if (i + 1 < bytes.size() && bytes[i + 1] == '\n') ++i;
  }
  return text;
}

TextFile& text_file(FileObject& file) { return static_cast<TextFile&>(file); }

Value read_method(Context& context, FileObject& file, const Arguments& arguments) {
  const auto n = size_argument(context, "read", arguments);
  file.expect_open(kClosedBase);
  if (!file.file().reads()) raise(kUnsupportedOperation, "not readable");
  TextFile& text = text_file(file);
  if (!n || *n < 0) return python::make_str(text.read_all());
  return python::make_str(text.read(static_cast<std::size_t>(*n)));
}

Value readline_method(Context& context, FileObject& file, const Arguments& arguments) {
  if (size_argument(context, "readline", arguments)) {
    throw python::Unsupported{"readline() with a limit is not supported", "f.readline()"};
  }
  file.expect_open(kClosedBase);
  if (!file.file().reads()) raise(kUnsupportedOperation, "not readable");
  return python::make_str(text_file(file).read_line());
}

Value write_method(Context& context, FileObject& file, const Arguments& arguments) {
  const std::size_t given = arguments.positional.size();
  if (given != 1) {
    raise("TypeError",
          "TextIOWrapper.write() takes exactly one argument (" + std::to_string(given) + " given)");
  }
  const auto text = python::as_str(arguments.positional[0]);
  if (!text) {
    raise("TypeError",
          "write() argument must be str, not " + python::type_name(arguments.positional[0]));
  }
  file.expect_open(kClosedBase);
  if (!file.file().writes()) raise(kUnsupportedOperation, "not writable");
  python::spend_on_bytes(context, text->size());
  text_file(file).write(*text);
  return Value::integer(python::count_code_points(*text));
}

Value truncate_method(Context& context, FileObject& file, const Arguments& arguments) {
  python::expect_positional("truncate", arguments, 0, 1);
  file.expect_open(kClosedBase);
  file.flush();
  if (!file.file().writes()) raise(kUnsupportedOperation, "truncate");
  std::optional<std::int64_t> size;
  if (!arguments.positional.empty() && !arguments.positional[0].is_none()) {
    size = python::to_index(context, arguments.positional[0]);
  }
  file.file().truncate(size);
  return Value::integer(size ? *size : file.file().tell());
}

constexpr FileObject::Method kMethods[] = {
    {"read", read_method},
    {"readline", readline_method},
    {"truncate", truncate_method},
    {"write", write_method},
};

}  // namespace

TextFile::~TextFile() {
  parting().perform([this] { TextFile::close(); });
}

std::span<const FileObject::Method> TextFile::methods() const { return kMethods; }

void TextFile::write_waiting() {
  if (waiting_.empty()) return;
  const std::string bytes = std::move(waiting_);
  waiting_.clear();
  file().write(bytes);
}

void TextFile::flush() {
  expect_open(kClosedBase);
  is_iterating_ = false;
  write_waiting();
  file().flush();
}

void TextFile::close() {
  if (is_closed()) return;
  try {
    write_waiting();
  } catch (const python::Raised&) {
    FileObject::close();
    throw;
  }
  FileObject::close();
}

std::int64_t TextFile::tell() {
  expect_open(kClosedBase);
  if (is_iterating_) raise("OSError", "telling position disabled by next() call");
  write_waiting();
  file().flush();
  return file().tell() - static_cast<std::int64_t>(ahead_.size());
}

std::int64_t TextFile::seek(std::int64_t offset, sim::Whence whence) {
  expect_open(kClosedBase);
  if (whence == sim::Whence::current) {
    if (offset != 0) raise(kUnsupportedOperation, "can't do nonzero cur-relative seeks");
    offset = tell();
    whence = sim::Whence::set;
  }
  if (whence == sim::Whence::end && offset != 0) {
    raise(kUnsupportedOperation, "can't do nonzero end-relative seeks");
  }
  if (offset < 0) raise("ValueError", "negative seek position " + std::to_string(offset));
  flush();
  ahead_.clear();
  return file().seek(offset, whence);
}

bool TextFile::read_chunk() {
  write_waiting();
  const std::string chunk = file().read_once(kChunk);
  ahead_ += chunk;
  return !chunk.empty();
}

std::string TextFile::read_all() {
  write_waiting();
  const std::string bytes = std::move(ahead_) + file().read_all();
  ahead_.clear();
  is_iterating_ = false;
  return decoded(bytes);
}

std::string TextFile::read_line() {
  std::size_t searched = 0;
  for (;;) {
    const std::size_t end = ahead_.find_first_of("\r\n", searched);
    const bool is_cut = end != std::string::npos && ahead_[end] == '\r' && end + 1 == ahead_.size();
    if (end != std::string::npos && !is_cut) {
      const bool is_pair = ahead_[end] == '\r' && ahead_[end + 1] == '\n';
      const std::string line = ahead_.substr(0, end + (is_pair ? 2 : 1));
      ahead_.erase(0, line.size());
      return decoded(line);
    }
    searched = is_cut ? end : ahead_.size();
    if (read_chunk()) continue;
    const std::string rest = std::move(ahead_);
    ahead_.clear();
    return decoded(rest);
  }
}

std::string TextFile::read(std::size_t code_points) {
  // A "\r\n" counts once, so translate what is there and see whether it is enough.
  for (;;) {
    std::size_t at = 0;
    std::size_t taken = 0;
    while (at < ahead_.size() && taken < code_points) {
      const bool is_pair = ahead_[at] == '\r' && at + 1 < ahead_.size() && ahead_[at + 1] == '\n';
      at += is_pair ? 2 : python::code_point_bytes(ahead_[at]);
      ++taken;
    }
    // A last "\r" may be half of a pair, and a cut sequence ends past the end.
    const bool is_whole = at < ahead_.size() || (at == ahead_.size() && !ahead_.ends_with('\r'));
    const bool is_enough = taken == code_points && is_whole;
    if (is_enough || !read_chunk()) {
      const std::string bytes = ahead_.substr(0, at);
      ahead_.erase(0, at);
      return decoded(bytes);
    }
  }
}

void TextFile::write(std::string_view text) {
  ahead_.clear();
  if (waiting_.size() + text.size() > kChunk) write_waiting();
  waiting_ += text;
  if (waiting_.size() >= kChunk) write_waiting();
}

std::optional<Value> TextFile::find_attribute(Context& context, std::string_view name) {
  if (name == "encoding") return python::make_str("UTF-8");
  return FileObject::find_attribute(context, name);
}

std::optional<Value> TextFile::next(Context&) {
  expect_open(kClosedBase);
  if (!file().reads()) raise(kUnsupportedOperation, "not readable");
  std::string line = read_line();
  is_iterating_ = !line.empty();
  if (line.empty()) return std::nullopt;
  return python::make_str(std::move(line));
}

std::string TextFile::repr(Context&) {
  return "<_io.TextIOWrapper name=" + python::quoted(name()) + " mode=" + python::quoted(mode()) +
         " encoding='UTF-8'>";
}

python::Object* TextFile::clone(python::Cloner& cloner) { return new TextFile(*this, cloner); }

}  // namespace numpy
