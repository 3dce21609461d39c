// An open file as a value: what open() gives. Binary files here, text files in text_file.h.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/numpy/buffered_file.h"
#include "scenarios/python/native.h"

namespace numpy {

class FileObject : public python::Object {
 public:
  // mode: as f.mode shows it.
  FileObject(python::Context& context, BufferedFile file, std::string name, std::string mode)
      : file_(std::move(file)),
        name_(std::move(name)),
        mode_(std::move(mode)),
        parting_(context.parting) {}
  // Writes what is pending and closes, as CPython does when the last reference goes. On a computer
  // that the program has left (os._exit, a signal) the descriptor is gone and so are the bytes.
  ~FileObject() override;

  bool is_closed() const { return is_closed_; }
  const std::string& name() const { return name_; }
  const std::string& mode() const { return mode_; }
  // Requires: !is_closed().
  BufferedFile& file() { return file_; }
  const BufferedFile& file() const { return file_; }

  // As the methods of the same names, which numpy calls on every kind of open file.
  virtual void flush();
  virtual std::int64_t tell();
  virtual std::int64_t seek(std::int64_t offset, sim::Whence);
  virtual void close();
  // np.lib.format.isfileobj: numpy then works on the descriptor itself. BufferedRandom ("rb+") and
  // text files are none.
  virtual bool is_plain_binary() const { return file_.direction() != Direction::both; }

  std::string_view type_name() const override;
  std::string qualified_type_name() const override { return "_io." + std::string(type_name()); }
  std::string error_type_name() const override { return qualified_type_name(); }
  std::optional<python::Value> find_attribute(python::Context&, std::string_view) override;
  std::vector<std::string_view> attribute_names() const override;
  bool set_attribute(python::Context&, std::string_view, const python::Value&) override;
  python::Value call_method(python::Context&, std::string_view, const python::Arguments&) override;
  python::Value iterate(python::Context&) override;
  std::optional<python::Value> next(python::Context&) override;
  python::Value enter(python::Context&) override;
  void leave(python::Context&) override { close(); }
  std::string repr(python::Context&) override;
  python::Object* clone(python::Cloner&) override;

  struct Method {
    std::string_view name;
    python::Value (*call)(python::Context&, FileObject&, const python::Arguments&);
  };
  // Raises ValueError(text) when the file is closed.
  void expect_open(const char* text) const;

 protected:
  FileObject(const FileObject& other, python::Cloner& cloner);
  python::Parting& parting() const { return parting_; }
  // The methods a subclass has instead of those of binary files, and beside the shared ones.
  virtual std::span<const Method> methods() const;

 private:
  const Method* find_method(std::string_view) const;

  BufferedFile file_;
  std::string name_;
  std::string mode_;
  bool is_closed_ = false;
  python::Parting& parting_;
};

// The open file a value is, or null.
FileObject* file_if(const python::Value&);

}  // namespace numpy
