// A mapping of a file as Python's mmap module makes it: what a memmap's memory lies in, and what
// mm._mmap is.
//
// CPython keeps a duplicate of the descriptor with the mapping; here the mapping alone keeps the
// file.

#pragma once

#include <cstdint>

#include "scenarios/numpy/buffer.h"
#include "scenarios/numpy/file_object.h"

namespace numpy {

enum class MapAccess : std::uint8_t { read, write, copy };  // mmap.ACCESS_READ, _WRITE, _COPY

class MappedFile final : public Buffer {
 public:
  struct Request {
    std::int64_t length = 0;  // 0: the whole file
    MapAccess access = MapAccess::write;
    std::int64_t offset = 0;  // a multiple of the page size
  };
  // mmap.mmap(file.fileno(), length, access=, offset=), with its checks and errors.
  static python::Value map(python::Context&, FileObject& file, const Request&);

  MappedFile(python::Context& context, sim::Mapping mapping, const Request& request)
      : Buffer(context, mapping, sim::Bytes(static_cast<std::uint64_t>(request.length))),
        request_(request) {}

  bool is_closed() const { return is_closed_; }
  bool is_writeable() const { return request_.access != MapAccess::read; }
  // msync of all of it, only if stores go to the file: CPython makes no call otherwise.
  void flush();
  // Really unmaps: a later access of an array in it ends in SIGSEGV.
  void close();

  std::string_view type_name() const override { return "mmap"; }
  std::string qualified_type_name() const override { return "mmap.mmap"; }
  std::string error_type_name() const override { return qualified_type_name(); }
  std::optional<python::Value> find_attribute(python::Context&, std::string_view) override;
  std::vector<std::string_view> attribute_names() const override;
  python::Value call_method(python::Context&, std::string_view, const python::Arguments&) override;
  std::optional<std::int64_t> length(python::Context&) override;
  std::string repr(python::Context&) override;
  python::Object* clone(python::Cloner&) override;

 private:
  Request request_;
  bool is_closed_ = false;
};

}  // namespace numpy
