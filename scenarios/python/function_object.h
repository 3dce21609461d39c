// Functions written in the language, their cells and bound methods, and generators. The virtual
// machine runs them; native code that tries to call one gets Unsupported.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/python/bytecode.h"
#include "scenarios/python/cycles.h"
#include "scenarios/python/object.h"

namespace python {

class ClassObject;

// A variable that inner functions share.
class CellObject final : public Object {
 public:
  explicit CellObject(Value content) : content_(std::move(content)) {}
  Value& content() { return content_; }

  std::string_view type_name() const override { return "cell"; }
  std::string repr(Context&) override { return "<cell>"; }
  Object* clone(Cloner&) override;
  void visit_held(const HeldVisitor&) override;
  CycleLink* cycle_link() override { return &link_; }

 private:
  Value content_;
  CycleLink link_{this};
};

class FunctionObject final : public Object {
 public:
  FunctionObject(const FunctionCode& code, std::vector<Value> defaults,
                 std::vector<Value> keyword_defaults, std::vector<Value> cells);

  const FunctionCode& code() const { return *code_; }
  const std::vector<Value>& defaults() const { return defaults_; }
  // Of each keyword-only parameter; unbound: none.
  const std::vector<Value>& keyword_defaults() const { return keyword_defaults_; }
  const std::vector<Value>& cells() const { return cells_; }
  Value owner;  // the class whose body defined it, for super(); unbound for other functions

  std::string_view type_name() const override { return "function"; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  Value call(Context&, const Arguments&) override;
  std::optional<std::uint64_t> hash(Context&) override;
  std::string repr(Context&) override;
  Object* clone(Cloner&) override;
  void visit_held(const HeldVisitor&) override;

 private:
  const FunctionCode* code_;  // part of the program, which outlives every evaluator of it
  std::vector<Value> defaults_, keyword_defaults_, cells_;
  std::uint64_t identity_ = 0;
};

class BoundMethodObject final : public Object {
 public:
  BoundMethodObject(Value self, Value function);

  const Value& self() const { return self_; }
  const Value& function() const { return function_; }

  std::string_view type_name() const override { return "method"; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  Value call(Context&, const Arguments&) override;
  std::string repr(Context&) override;
  Object* clone(Cloner&) override;
  void visit_held(const HeldVisitor&) override;

 private:
  Value self_, function_;
};

class GeneratorObject final : public Object {
 public:
  enum class State : std::uint8_t { fresh, suspended, running, done };

  GeneratorObject(Value function, std::vector<Value> values);

  State state = State::fresh;
  std::uint32_t pc = 0;
  std::uint32_t line = 0;     // where it stopped
  std::vector<Value> values;  // the frame's locals and stack while it is not running
  Value function;

  std::string_view type_name() const override { return "generator"; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  Value iterate(Context&) override { return Value::object(this); }
  std::optional<Value> next(Context&) override;
  std::optional<std::uint64_t> hash(Context&) override;
  std::string repr(Context&) override;
  Object* clone(Cloner&) override;
  void visit_held(const HeldVisitor&) override;
  CycleLink* cycle_link() override { return &link_; }

 private:
  CycleLink link_{this};
  std::uint64_t identity_ = 0;
};

[[noreturn]] void refuse_native_call(const std::string& what);

}  // namespace python
