// Calls of native functions that only the machine can make: where an argument is a generator, a
// function or an instance of the program's, a function of the prelude takes the native one's place.

#include "scenarios/python/exception_object.h"
#include "scenarios/python/native.h"
#include "scenarios/python/set_object.h"
#include "scenarios/python/vm.h"

namespace python {

namespace {

// Whether it is a method of a container that keeps or compares its arguments, and never iterates
// over them: list.append(generator).
bool stores_arguments(const Value& callee) {
  const auto* method = callee.get_if<BoundNativeMethod>();
  if (method == nullptr || !method->self().is_object()) return false;
  const ObjectKind of = method->self().as_object()->kind;
  const bool is_set = method->self().get_if<SetObject>() != nullptr;
  if (of != ObjectKind::list && of != ObjectKind::tuple && of != ObjectKind::dict && !is_set) {
    return false;
  }
  for (const char* name : {"append", "insert", "index", "count", "remove", "get", "pop",
                           "setdefault", "add", "discard"}) {
    if (method->name() == name) return true;
  }
  return false;
}

}  // namespace

// Calls the prelude's version of what shows values as text, for those that show instances with a
// __repr__ of the program's own; false when it is no such function.
bool Vm::call_telling(const Value& callee, std::uint32_t count, std::uint16_t keywords) {
  if (frames_.back().code->is_hidden) return false;
  for (const char* name : {"print", "str", "repr"}) {
    if (builtins_.find(name)->second.as_object() != callee.as_object()) continue;
    return call_prelude(std::string("__lazy_") + name, count, keywords);
  }
  return false;
}

// A native function whose arguments only the machine can run: next() and iter() are done here,
// others by the prelude, or after collecting what a generator gives. False when the native function
// can take the arguments as they are.
bool Vm::call_for_machine(std::uint32_t count, std::uint16_t keywords) {
  Value* const first = sp_ - count;
  const Value callee = first[-1];
  const auto is_builtin = [&](const char* name) {
    return callee.is_object() && builtins_.find(name)->second.as_object() == callee.as_object();
  };
  const auto first_is = [&](ObjectKind kind) {
    return first->is_object() && first->as_object()->kind == kind;
  };
  const bool is_next = is_builtin("next");
  if (is_next && first_is(ObjectKind::generator)) {
    const Value generator = *first;
    const Value otherwise = count > 1 ? first[1] : Value();
    cut_stack(first - 1);
    next_of_generator(*static_cast<GeneratorObject*>(generator.as_object()), otherwise);
    return true;
  }
  const bool is_iter = is_builtin("iter");
  if ((is_next || is_iter) && first_is(ObjectKind::instance) && count == 1) {
    const Value self = *first;
    cut_stack(first - 1);
    if (call_special(self, is_next ? "__next__" : "__iter__", {})) return true;
    raise("TypeError",
          quoted_type(self) + " object is not " + (is_next ? "an iterator" : "iterable"));
  }
  if (frames_.back().code->is_hidden) return false;
  std::string name;
  if (const auto* function = callee.get_if<NativeFunction>()) name = function->name();
  if (const auto* type = callee.get_if<TypeObject>()) name = type->qualified_name();
  const auto known = builtins_.find(name);
  const bool own = known != builtins_.end() && known->second.as_object() == callee.as_object();
  if (own && call_prelude("__lazy_" + name, count, keywords)) return true;
  for (const char* inspects :
       {"type", "isinstance", "callable", "hash", "getattr", "hasattr", "setattr", "iter",
        "issubclass", "reversed", "bool", "repr", "str"}) {
    if (own && name == inspects) return false;
  }
  if (stores_arguments(callee)) return false;
  for (const Value* v = first; v < sp_; ++v) {
    if (!v->is_object() || v->as_object()->kind != ObjectKind::generator) continue;
    call_drained(count, keywords);
    return true;
  }
  return false;
}

void Vm::next_of_generator(GeneratorObject& generator, const Value& otherwise) {
  if (generator.state == GeneratorObject::State::done) {
    if (!otherwise.is_bound()) {
      throw Raised{
          make<ExceptionObject>(*find_exception_kind("StopIteration"), std::vector<Value>{})};
    }
    push(otherwise);
    return;
  }
  resume(generator, Frame::Kind::generator_next, otherwise);
}

// Whether an argument is something that only the machine can run or iterate.
bool Vm::needs_machine(std::uint32_t count) const {
  for (const Value* v = sp_ - count; v < sp_; ++v) {
    if (!v->is_object()) continue;
    switch (v->as_object()->kind) {
      case ObjectKind::generator:
      case ObjectKind::function:
      case ObjectKind::bound_method:
      case ObjectKind::instance: return true;
      default: break;
    }
  }
  return false;
}

// Calls the prelude's version of a native function in its place; false when there is none.
bool Vm::call_prelude(std::string_view name, std::uint32_t count, std::uint16_t keywords) {
  const auto at = prelude_.find(name);
  if (at == prelude_.end()) return false;
  Value* const first = sp_ - count;
  if (name == "__list_sort") {
    call_function(first - 1, count + 1, keywords, 0, Frame::Kind::normal, at->second);
  } else {
    first[-1] = at->second;
    call_function(first, count, keywords, 1, Frame::Kind::normal, at->second);
  }
  return true;
}

void Vm::call_prelude_now(const char* name, std::vector<Value> arguments, Frame::Kind kind) {
  const Value function = prelude_.find(name)->second;
  Value* base = sp_;
  ensure_stack(base, arguments.size() + 2);
  const auto count = static_cast<std::uint32_t>(arguments.size());
  for (Value& v : arguments) push(std::move(v));
  call_function(sp_ - count, count, 0, 0, kind, function);
}

// f(generator): collects the generator first, then calls f with an iterator over the list.
void Vm::call_drained(std::uint32_t count, std::uint16_t keywords) {
  std::vector<std::pair<std::string_view, Value>> named;
  const Arguments arguments = keyword_arguments(count, keywords, named);
  const Value positional = make_list({arguments.positional.begin(), arguments.positional.end()});
  const Value dict = make_dict();
  for (const auto& [name, value] : named) {
    static_cast<DictObject*>(dict.as_object())->set(*this, make_str(std::string(name)), value);
  }
  named.clear();
  cut_stack(sp_ - count);
  const Value callee = pop();
  call_prelude_now("__call_drained", {callee, positional, dict});
}

}  // namespace python
