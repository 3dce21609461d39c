// open(): modes, checks and errors in the order of CPython's io.open and io.FileIO.

#include <cstring>

#include "scenarios/numpy/file_functions.h"
#include "scenarios/numpy/file_methods.h"
#include "scenarios/numpy/file_name.h"
#include "scenarios/numpy/text_file.h"

namespace numpy {
namespace {

using python::Context;
using python::Parameter;
using python::raise;
using python::Unsupported;
using python::Value;

struct OpenMode {
  char action = 0;  // one of r w a x
  bool updates = false;
  bool binary = false;
  bool text = false;

  sim::OpenFlags flags() const {
    const auto plain = action == 'r' ? sim::OpenAccess::read_only : sim::OpenAccess::write_only;
    return {.access = updates ? sim::OpenAccess::read_write : plain,
            .create = action != 'r',
            .exclusive = action == 'x',
            .truncate = action == 'w',
            .append = action == 'a'};
  }
  Direction direction() const {
    if (updates) return Direction::both;
    return action == 'r' ? Direction::read : Direction::write;
  }
  // As FileIO names it: "wb+" is a file that can be read and written, "rb+".
  std::string name() const {
    const char shown = action == 'w' && updates ? 'r' : action;
    return std::string(1, shown) + (updates ? "b+" : "b");
  }
};

OpenMode parse_mode(std::string_view text) {
  OpenMode mode;
  int actions = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool is_known = std::strchr("rwxabt+", c) != nullptr && c != '\0';
    if (!is_known || text.find(c, i + 1) != std::string_view::npos) {
      raise("ValueError", "invalid mode: " + python::quoted(text));
    }
    if (c == '+') mode.updates = true;
    if (c == 'b') mode.binary = true;
    if (c == 't') mode.text = true;
    if (std::strchr("rwxa", c) == nullptr) continue;
    mode.action = c;
    ++actions;
  }
  if (mode.binary && mode.text) raise("ValueError", "can't have text and binary mode at once");
  if (actions > 1) {
    raise("ValueError", "must have exactly one of create/read/write/append mode");
  }
  return mode;
}

// After the checks of open() itself, those of FileIO.
void expect_one_action(const OpenMode& mode) {
  if (mode.action != 0) return;
  raise("ValueError",
        "Must have exactly one of create/read/write/append mode and at most one plus");
}

BufferedFile open_file(Context& context, const FileName& name, const OpenMode& mode) {
  const auto fd = context.computer().open(name.plain, mode.flags());
  if (!fd.ok()) python::raise_os_error(fd.error(), &name.shown);
  PosixFile raw(context.computer(), *fd);
  const std::int64_t position = mode.action == 'a' ? raw.seek(0, sim::Whence::end) : 0;
  return BufferedFile(raw, mode.direction(), position);
}

void expect_no_text_arguments(std::span<const Value> given) {
  static constexpr const char* kNames[] = {"n encoding", "n errors", " newline"};
  for (std::size_t i = 0; i < 3; ++i) {
    if (!given[i].is_bound() || given[i].is_none()) continue;
    raise("ValueError", std::string("binary mode doesn't take a") + kNames[i] + " argument");
  }
}

void expect_supported_text_arguments(std::span<const Value> given) {
  if (given[0].is_bound() && !given[0].is_none()) {
    const auto encoding = python::as_str(given[0]);
    if (!encoding || (*encoding != "utf-8" && *encoding != "utf8" && *encoding != "ascii")) {
      throw Unsupported{"this encoding of a text file is not supported", "encoding='utf-8'"};
    }
  }
  for (std::size_t i = 1; i < 3; ++i) {
    if (!given[i].is_bound() || given[i].is_none()) continue;
    throw Unsupported{"open() with errors= or newline= is not supported", "leave them out"};
  }
}

void expect_default_buffering(Context& context, const Value& given, const OpenMode& mode) {
  if (!given.is_bound()) return;
  const std::int64_t size = python::to_index(context, given);
  if (size == 0 && !mode.binary) raise("ValueError", "can't have unbuffered text I/O");
  if (size < 0) return;
  throw Unsupported{"open() with buffering= is not supported", "leave it out, or -1"};
}

}  // namespace

Value open_binary(Context& context, const Value& name, std::string_view mode_text) {
  const OpenMode mode = parse_mode(mode_text);
  const FileName file_name = file_name_from(context, name);
  return python::make<FileObject>(context, open_file(context, file_name, mode), file_name.shown,
                                  mode.name());
}

Value open_function(Context& context, const python::Arguments& arguments) {
  static constexpr auto kOptional = Parameter::Need::optional;
  static constexpr Parameter kParameters[] = {{"file"},
                                              {"mode", kOptional},
                                              {"buffering", kOptional},
                                              {"encoding", kOptional},
                                              {"errors", kOptional},
                                              {"newline", kOptional},
                                              {"closefd", kOptional},
                                              {"opener", kOptional}};
  const std::vector<Value> given =
      python::bind({.function = "open", .parameters = kParameters}, arguments);
  std::string mode_text = "r";
  if (given[1].is_bound()) {
    const auto text = python::as_str(given[1]);
    if (!text) {
      raise("TypeError", "open() argument 'mode' must be str, not " + python::type_name(given[1]));
    }
    mode_text = *text;
  }
  if (given[6].is_bound() || given[7].is_bound()) {
    throw Unsupported{"open() with closefd= or opener= is not supported", "leave them out"};
  }
  if (given[0].is_integer() || given[0].is_boolean()) {
    throw Unsupported{"open() of a descriptor is not supported", "open the file by its name"};
  }
  const OpenMode mode = parse_mode(mode_text);
  const std::span<const Value> text_arguments = std::span(given).subspan(3, 3);
  if (mode.binary) {
    expect_no_text_arguments(text_arguments);
  } else {
    expect_supported_text_arguments(text_arguments);
  }
  expect_default_buffering(context, given[2], mode);
  if (is_file_name(given[0])) expect_one_action(mode);
  const FileName name = file_name_from(context, given[0]);
  BufferedFile file = open_file(context, name, mode);
  if (mode.binary)
    return python::make<FileObject>(context, std::move(file), name.shown, mode.name());
  return python::make<TextFile>(context, std::move(file), name.shown, mode_text);
}

}  // namespace numpy
