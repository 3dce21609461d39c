// A text file as a value (io.TextIOWrapper): UTF-8, newlines translated when read.

#pragma once

#include <string>
#include <string_view>

#include "scenarios/numpy/file_object.h"

namespace numpy {

class TextFile final : public FileObject {
 public:
  TextFile(python::Context& context, BufferedFile file, std::string name, std::string mode)
      : FileObject(context, std::move(file), std::move(name), std::move(mode)) {}
  ~TextFile() override;

  void flush() override;
  std::int64_t tell() override;
  std::int64_t seek(std::int64_t offset, sim::Whence) override;
  void close() override;
  bool is_plain_binary() const override { return false; }

  // Text with "\n" for every newline of the file; up to and with the next one.
  std::string read_all();
  std::string read_line();
  std::string read(std::size_t code_points);
  void write(std::string_view text);

  std::string_view type_name() const override { return "TextIOWrapper"; }
  std::optional<python::Value> find_attribute(python::Context&, std::string_view) override;
  std::optional<python::Value> next(python::Context&) override;
  std::string repr(python::Context&) override;
  python::Object* clone(python::Cloner&) override;

 protected:
  std::span<const Method> methods() const override;

 private:
  // As much as CPython reads, or lets wait before it hands it to the buffer, at a time.
  static constexpr std::size_t kChunk = 8192;

  TextFile(const TextFile& other, python::Cloner& cloner)
      : FileObject(other, cloner),
        ahead_(other.ahead_),
        waiting_(other.waiting_),
        is_iterating_(other.is_iterating_) {}
  void write_waiting();
  bool read_chunk();

  std::string ahead_;    // read from the buffer, not yet given to the program
  std::string waiting_;  // written by the program, not yet given to the buffer
  bool is_iterating_ = false;
};

}  // namespace numpy
