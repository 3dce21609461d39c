// Exceptions: the built-in hierarchy as a table, and the object that is raised.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/python/cycles.h"
#include "scenarios/python/type_object.h"

namespace python {

// A built-in exception class. NumPy's and io's are here too: natives raise them by dotted name.
struct ExceptionKind {
  std::string_view qualified_name;  // "ValueError", "numpy.AxisError"
  std::string_view base;            // qualified name; empty for BaseException
  std::string_view second_base = {};
  // __name__ where it is not the last part: numpy shows some private classes as their bases, but
  // for tracebacks.
  std::string_view shown_name = {};
  std::string_view name() const {
    if (!shown_name.empty()) return shown_name;
    const auto dot = qualified_name.rfind('.');
    return dot == std::string_view::npos ? qualified_name : qualified_name.substr(dot + 1);
  }
};
std::span<const ExceptionKind> exception_kinds();
// Null when there is no such exception.
const ExceptionKind* find_exception_kind(std::string_view qualified_name);
bool is_kind_of(const ExceptionKind&, const ExceptionKind& base);

// One line of a traceback.
struct TracebackEntry {
  std::string function;
  std::uint32_t line = 0;
};

class ExceptionObject final : public Object {
 public:
  ExceptionObject(const ExceptionKind& exception_kind, std::vector<Value> args)
      : exception_kind_(&exception_kind), args_(std::move(args)) {
    kind = ObjectKind::exception;
  }

  const ExceptionKind& exception_kind() const { return *exception_kind_; }
  const std::vector<Value>& args() const { return args_; }
  // A class written in the program that this is an instance of; unbound otherwise.
  Value user_class;
  std::vector<std::pair<std::string, Value>> attributes;  // errno, filename, and the program's own
  std::vector<TracebackEntry> traceback;                  // innermost first
  Value raised_during;         // raised while that one was being handled; None, unbound: nothing
  Value cause;                 // raise ... from
  std::string hint;            // "Did you mean", shown when nobody caught it
  bool hides_context = false;  // raise ... from None, or from another

  // To be told of a value that it gets after it was made.
  void given(Context&, const Value& held);

  // "ValueError: text", as the last line of a traceback, with the hint. No text: str() failed.
  std::string last_line(const std::optional<std::string>& text) const;
  // Whether the program's class of it defines the special method.
  bool has_special(std::string_view name) const;

  std::string_view type_name() const override;
  std::string qualified_type_name() const override;
  Value type(Context&) override;
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  // super().__init__(...) of a class in the program reaches the built-in one here.
  Value call_method(Context&, std::string_view name, const Arguments&) override;
  std::vector<std::string_view> attribute_names() const override;
  bool set_attribute(Context&, std::string_view name, const Value&) override;
  std::optional<std::uint64_t> hash(Context&) override;
  std::string repr(Context&) override;
  std::string str(Context&) override;
  Object* clone(Cloner&) override;
  void visit_held(const HeldVisitor&) override;
  CycleLink* cycle_link() override { return &link_; }

  Value context_or_none() const;
  void set_args(std::vector<Value> args) { args_ = std::move(args); }

 private:
  const ExceptionKind* exception_kind_;
  std::vector<Value> args_;
  CycleLink link_{this};
  std::uint64_t identity_ = 0;
};

// The class of a built-in exception as a value.
class ExceptionType final : public TypeObject {
 public:
  explicit ExceptionType(const ExceptionKind& exception_kind)
      : TypeObject(std::string(exception_kind.name()), std::string(exception_kind.qualified_name),
                   nullptr),
        exception_kind_(&exception_kind) {}
  const ExceptionKind& exception_kind() const { return *exception_kind_; }
  Value call(Context&, const Arguments&) override;
  Object* clone(Cloner&) override;

 private:
  const ExceptionKind* exception_kind_;
};
// Made when first asked for.
Value exception_type(Context&, const ExceptionKind&);

Value make_exception(const char* type, std::string message);
// The hint is the nearest known name, or empty.
[[noreturn]] void raise_with_hint(const char* type, std::string message, const std::string& hint);

}  // namespace python
