// Built-in functions over iterables, and what the prelude needs from native code.

#include "scenarios/python/builtins.h"
#include "scenarios/python/class_object.h"
#include "scenarios/python/exception_object.h"
#include "scenarios/python/function_object.h"
#include "scenarios/python/iterators.h"
#include "scenarios/python/numbers.h"
#include "scenarios/python/sequences.h"

namespace python {

namespace {

constexpr Parameter::Need kOptional = Parameter::Need::optional;

Value iter(Context& context, const Arguments& a) {
  expect_positional("iter", a, 1, 2);
  if (a.positional.size() == 2) throw Unsupported{"iter() with a sentinel", "while and break"};
  return iterate(context, a.positional[0]);
}

Value next(Context& context, const Arguments& a) {
  expect_positional("next", a, 1, 2);
  if (auto item = next_of(context, a.positional[0])) return std::move(*item);
  if (a.positional.size() > 1) return a.positional[1];
  throw Raised{make<ExceptionObject>(*find_exception_kind("StopIteration"), std::vector<Value>{})};
}

template <class Visit>
void for_each(Context& context, const Value& iterable, const Visit& visit) {
  const Value iterator = iterate(context, iterable);
  while (std::optional<Value> item = next_of(context, iterator)) {
    context.spend(1);
    if (!visit(std::move(*item))) return;
  }
}

Value any(Context& context, const Arguments& a) {
  expect_positional("any", a, 1, 1);
  bool found = false;
  for_each(context, a.positional[0], [&](const Value& v) {
    found = truth(context, v);
    return !found;
  });
  return Value::boolean(found);
}

Value all(Context& context, const Arguments& a) {
  expect_positional("all", a, 1, 1);
  bool holds = true;
  for_each(context, a.positional[0], [&](const Value& v) {
    holds = truth(context, v);
    return holds;
  });
  return Value::boolean(holds);
}

Value sum(Context& context, const Arguments& a) {
  static constexpr Parameter kParameters[] = {{"iterable"}, {"start", kOptional}};
  const auto given = bind({.function = "sum", .parameters = kParameters, .positional_only = 1}, a);
  Value total = given[1].is_bound() ? given[1] : Value::integer(0);
  if (as_str(total)) raise("TypeError", "sum() can't sum strings [use ''.join(seq) instead]");
  for_each(context, given[0], [&](const Value& v) {
    total = binary_operation(context, BinaryOp::add, total, v);
    return true;
  });
  return total;
}

// min and max: the first of equal ones.
Value extreme(Context& context, const Arguments& a, const char* name, CompareOp better) {
  Value key, otherwise;
  for (const auto& [keyword, value] : a.keywords) {
    if (keyword == "key") {
      key = value;
    } else if (keyword == "default") {
      otherwise = value;
    } else {
      raise("TypeError", std::string(name) + "() got an unexpected keyword argument '" +
                             std::string(keyword) + "'");
    }
  }
  if (a.positional.empty()) {
    raise("TypeError", std::string(name) + " expected at least 1 argument, got 0");
  }
  if (a.positional.size() > 1 && otherwise.is_bound()) {
    raise("TypeError", std::string("Cannot specify a default for ") + name +
                           "() with multiple positional arguments");
  }
  Value best, best_key;
  const auto consider = [&](const Value& v) {
    const bool plain = !key.is_bound() || key.is_none();
    const Value k = plain ? v : call(context, key, {.positional = {&v, 1}});
    if (!best.is_bound() || truth(context, compare_operation(context, better, k, best_key))) {
      best = v;
      best_key = k;
    }
    return true;
  };
  if (a.positional.size() > 1) {
    for (const Value& v : a.positional) consider(v);
  } else {
    for_each(context, a.positional[0], consider);
  }
  if (best.is_bound()) return best;
  if (otherwise.is_bound()) return otherwise;
  raise("ValueError", std::string(name) + "() arg is an empty sequence");
}

Value minimum(Context& context, const Arguments& a) {
  return extreme(context, a, "min", CompareOp::less);
}
Value maximum(Context& context, const Arguments& a) {
  return extreme(context, a, "max", CompareOp::greater);
}

Value sorted(Context& context, const Arguments& a) {
  if (a.positional.size() != 1) {
    expect_positional("sorted", {.positional = a.positional}, 1, 1);
  }
  const Value list = make_list(collect(context, a.positional[0]));
  call_method(context, list, "sort", {.positional = {}, .keywords = a.keywords});
  return list;
}

constexpr Builtin kFunctions[] = {
    {"all", all},     {"any", any},   {"iter", iter},     {"max", maximum},
    {"min", minimum}, {"next", next}, {"sorted", sorted}, {"sum", sum},
};

// --- for the prelude, which alone can name them; they trust it no more than a program

Value is_generator(Context&, const Arguments& a) {
  expect_positional("is_generator", a, 1, 1);
  return Value::boolean(a.positional[0].get_if<GeneratorObject>() != nullptr);
}

// Whether the class of an instance or an exception defines the special method.
Value has(Context& context, const Arguments& a) {
  expect_positional("has", a, 2, 2);
  const std::string name = to_text(context, a.positional[1]);
  if (const auto* exception = a.positional[0].get_if<ExceptionObject>()) {
    return Value::boolean(exception->has_special(name));
  }
  const auto* instance = a.positional[0].get_if<InstanceObject>();
  return Value::boolean(instance != nullptr && instance->class_object().has_member(name));
}

std::vector<Value>& items_of(const Value& list) {
  if (auto* object = list.get_if<ListObject>()) return object->items();
  raise("TypeError", "expected list, got " + type_name(list));
}

Value list_sort(Context& context, const Arguments& a) {
  expect_positional("list_sort", a, 2, 2);
  sort_values(context, items_of(a.positional[0]), truth(context, a.positional[1]));
  return Value::none();
}

Value sort_keys(Context& context, const Arguments& a) {
  expect_positional("sort_by_keys", a, 3, 3);
  sort_by_keys(context, items_of(a.positional[0]), items_of(a.positional[1]),
               truth(context, a.positional[2]));
  return Value::none();
}

constexpr Builtin kHidden[] = {
    {".__is_generator", is_generator},
    {".__has", has},
    {".__list_sort_native", list_sort},
    {".__sort_by_keys", sort_keys},
};

}  // namespace

std::span<const Builtin> iteration_functions() { return kFunctions; }
std::span<const Builtin> hidden_functions() { return kHidden; }

}  // namespace python
