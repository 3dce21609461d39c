// The built-in types as callable values: int("5"), list(x), type(x), range(3)...

#include <cmath>

#include "scenarios/python/builtins.h"
#include "scenarios/python/class_object.h"
#include "scenarios/python/complex_object.h"
#include "scenarios/python/iterators.h"
#include "scenarios/python/native_work.h"
#include "scenarios/python/numbers.h"
#include "scenarios/python/set_object.h"
#include "scenarios/python/str_format.h"
#include "scenarios/python/utf8.h"

namespace python {

namespace {

constexpr Parameter::Need kOptional = Parameter::Need::optional;

Value int_from_text(Context& context, const Value& v, std::int64_t base) {
  if (base != 0 && (base < 2 || base > 36)) {
    raise("ValueError", "int() base must be >= 2 and <= 36, or 0");
  }
  const auto text = as_str(v) ? as_str(v) : as_bytes(v);
  spend_on_whole(context, v);
  if (const auto n = parse_integer(*text, static_cast<int>(base))) return Value::integer(*n);
  raise("ValueError",
        "invalid literal for int() with base " + std::to_string(base) + ": " + repr(context, v));
}

Value make_int(Context& context, const Arguments& a) {
  static constexpr Parameter kParameters[] = {{"x", kOptional}, {"base", kOptional}};
  const auto given = bind({.function = "int", .parameters = kParameters, .positional_only = 1}, a);
  const Value& v = given[0];
  const bool textual = v.is_bound() && (as_str(v) || as_bytes(v));
  if (given[1].is_bound()) {
    const std::int64_t base = to_index(context, given[1]);
    if (!v.is_bound()) raise("TypeError", "int() missing string argument");
    if (!textual) raise("TypeError", "int() can't convert non-string with explicit base");
    return int_from_text(context, v, base);
  }
  if (!v.is_bound()) return Value::integer(0);
  if (textual) return int_from_text(context, v, 10);
  if (is_whole(v)) return Value::integer(v.as_integer());
  if (v.is_real()) return Value::integer(int_from_double(v.as_real()));
  if (v.is_object()) {
    if (auto n = v.as_object()->as_int(context)) return std::move(*n);
    if (const auto n = v.as_object()->as_index(context)) return Value::integer(*n);
  }
  raise("TypeError", "int() argument must be a string, a bytes-like object or a real number, not " +
                         quoted_type(v));
}

Value make_float(Context& context, const Arguments& a) {
  expect_positional("float", a, 0, 1);
  if (a.positional.empty()) return Value::real(0.0);
  const Value& v = a.positional[0];
  const auto text = as_str(v) ? as_str(v) : as_bytes(v);
  if (text) {
    spend_on_whole(context, v);
    if (const auto d = parse_float(*text)) return Value::real(*d);
    raise("ValueError", "could not convert string to float: " + repr(context, v));
  }
  if (is_number(v)) return Value::real(number_as_double(v));
  if (v.is_object()) {
    if (const auto d = v.as_object()->as_float(context)) return Value::real(*d);
    if (const auto n = v.as_object()->as_index(context)) {
      return Value::real(static_cast<double>(*n));
    }
  }
  raise("TypeError", "float() argument must be a string or a real number, not " + quoted_type(v));
}

Value make_complex(Context& context, const Arguments& a) {
  static constexpr Parameter kParameters[] = {{"real", kOptional}, {"imag", kOptional}};
  const auto given = bind({.function = "complex", .parameters = kParameters}, a);
  const auto part = [&](const Value& v) -> std::complex<double> {
    if (!v.is_bound()) return 0.0;
    if (const auto* c = v.get_if<ComplexObject>()) return c->value();
    if (as_str(v)) throw Unsupported{"complex() of a string", "a literal such as 1 + 2j"};
    return to_float(context, v);
  };
  return make<ComplexObject>(part(given[0]) + part(given[1]) * std::complex<double>(0.0, 1.0));
}

Value make_bool(Context& context, const Arguments& a) {
  expect_positional("bool", a, 0, 1);
  return Value::boolean(!a.positional.empty() && truth(context, a.positional[0]));
}

Value make_string(Context& context, const Arguments& a) {
  static constexpr Parameter kParameters[] = {
      {"object", kOptional}, {"encoding", kOptional}, {"errors", kOptional}};
  const auto given = bind({.function = "str", .parameters = kParameters}, a);
  if (given[1].is_bound() || given[2].is_bound()) {
    const auto bytes = as_bytes(given[0]);
    if (!bytes) {
      raise("TypeError",
            "decoding to str: need a bytes-like object, " + type_name(given[0]) + " found");
    }
    return decode_bytes(std::string(*bytes),
                        given[1].is_bound() ? to_text(context, given[1]) : "utf-8");
  }
  return given[0].is_bound() ? make_str(str(context, given[0])) : make_str("");
}

Value bytes_from_items(Context& context, const Value& v) {
  std::string bytes;
  for (const Value& item : collect(context, v)) {
    const std::int64_t byte = to_index(context, item);
    if (byte < 0 || byte > 255) raise("ValueError", "bytes must be in range(0, 256)");
    bytes += static_cast<char>(byte);
  }
  return make_bytes(std::move(bytes));
}

Value make_bytes_object(Context& context, const Arguments& a) {
  static constexpr Parameter kParameters[] = {
      {"source", kOptional}, {"encoding", kOptional}, {"errors", kOptional}};
  const auto given = bind({.function = "bytes", .parameters = kParameters}, a);
  if (!given[0].is_bound()) return make_bytes("");
  if (const auto text = as_str(given[0])) {
    if (!given[1].is_bound()) raise("TypeError", "string argument without an encoding");
    return encode_text(std::string(*text), to_text(context, given[1]));
  }
  if (given[1].is_bound()) raise("TypeError", "encoding without a string argument");
  if (as_bytes(given[0])) return given[0];
  if (given[0].is_object()) {
    if (auto method = find_attribute(context, given[0], "tobytes")) {
      return call(context, *method, {});
    }
  }
  if (const auto size = index_of(context, given[0])) {
    if (*size < 0) raise("ValueError", "negative count");
    if (*size > (std::int64_t{1} << 30)) raise("MemoryError", "");
    spend_on_bytes(context, static_cast<std::uint64_t>(*size));
    return make_bytes(std::string(static_cast<std::size_t>(*size), '\0'));
  }
  if (!given[0].is_object()) {
    raise("TypeError", "cannot convert " + quoted_type(given[0]) + " object to bytes");
  }
  return bytes_from_items(context, given[0]);
}

Value make_list_object(Context& context, const Arguments& a) {
  expect_positional("list", a, 0, 1);
  return a.positional.empty() ? make_list() : make_list(collect(context, a.positional[0]));
}

Value make_tuple_object(Context& context, const Arguments& a) {
  expect_positional("tuple", a, 0, 1);
  if (a.positional.empty()) return make_tuple();
  if (a.positional[0].get_if<TupleObject>() != nullptr) return a.positional[0];
  return make_tuple(collect(context, a.positional[0]));
}

Value make_dict_object(Context& context, const Arguments& a) {
  if (a.positional.size() > 1) expect_positional("dict", {.positional = a.positional}, 0, 1);
  const Value made = make_dict();
  auto& dict = *static_cast<DictObject*>(made.as_object());
  if (!a.positional.empty()) {
    // Not an iterator yet: the error comes from iterating it.
    update_dict(context, dict, a.positional[0]);
  }
  for (const auto& [name, value] : a.keywords) {
    dict.set(context, make_str(std::string(name)), value);
  }
  return made;
}

Value make_set(Context& context, const Arguments& a) {
  expect_positional("set", a, 0, 1);
  const Value made = make<SetObject>();
  auto& set = *static_cast<SetObject*>(made.as_object());
  if (a.positional.empty()) return made;
  if (const auto* other = a.positional[0].get_if<SetObject>()) {
    spend_on_whole(context, a.positional[0]);
    set.merge(context, *other);
    return made;
  }
  for (const Value& key : collect(context, a.positional[0])) set.insert(context, key);
  return made;
}

Value make_range(Context& context, const Arguments& a) {
  expect_positional("range", a, 1, 3);
  const auto part = [&](std::size_t i) { return to_index(context, a.positional[i]); };
  if (a.positional.size() == 1) return make<RangeObject>(0, part(0), 1);
  const std::int64_t start = part(0), stop = part(1);
  const std::int64_t step = a.positional.size() == 3 ? part(2) : 1;
  if (step == 0) raise("ValueError", "range() arg 3 must not be zero");
  return make<RangeObject>(start, stop, step);
}

Value make_slice(Context&, const Arguments& a) {
  expect_positional("slice", a, 1, 3);
  const Value none = Value::none();
  if (a.positional.size() == 1) return make<SliceObject>(none, a.positional[0], none);
  return make<SliceObject>(a.positional[0], a.positional[1],
                           a.positional.size() == 3 ? a.positional[2] : none);
}

Value type_call(Context& context, const Arguments& a) {
  if (a.positional.size() == 3) throw Unsupported{"type() with three arguments", "class"};
  if (a.positional.size() != 1) raise("TypeError", "type() takes 1 or 3 arguments");
  return type_of(context, a.positional[0]);
}

Value make_object(Context&, const Arguments&) { throw Unsupported{"object()", "a class"}; }

Value make_enumerate(Context& context, const Arguments& a) {
  static constexpr Parameter kParameters[] = {{"iterable"}, {"start", kOptional}};
  if (a.positional.empty() && a.keywords.empty()) {
    raise("TypeError", "enumerate() missing required argument 'iterable'");
  }
  const auto given = bind({.function = "enumerate", .parameters = kParameters}, a);
  const std::int64_t start = given[1].is_bound() ? to_index(context, given[1]) : 0;
  return make<EnumerateIterator>(iterate(context, given[0]), start);
}

Value make_zip(Context& context, const Arguments& a) {
  bool strict = false;
  for (const auto& [name, value] : a.keywords) {
    if (name != "strict") {
      raise("TypeError", "zip() got an unexpected keyword argument '" + std::string(name) + "'");
    }
    strict = truth(context, value);
  }
  std::vector<Value> iterators;
  for (const Value& v : a.positional) iterators.push_back(iterate(context, v));
  return make<ZipIterator>(std::move(iterators), strict);
}

Value make_map(Context& context, const Arguments& a) {
  if (a.positional.size() < 2) raise("TypeError", "map() must have at least two arguments.");
  std::vector<Value> iterators;
  for (std::size_t i = 1; i < a.positional.size(); ++i) {
    iterators.push_back(iterate(context, a.positional[i]));
  }
  return make<MapIterator>(a.positional[0], std::move(iterators));
}

Value make_filter(Context& context, const Arguments& a) {
  expect_positional("filter", a, 2, 2);
  return make<FilterIterator>(a.positional[0], iterate(context, a.positional[1]));
}

Value make_reversed(Context& context, const Arguments& a) {
  expect_positional("reversed", a, 1, 1);
  const Value& v = a.positional[0];
  if (const auto* range = v.get_if<RangeObject>()) {
    const std::int64_t size = range->size();
    return make<RangeIterator>(range->start() + (size - 1) * range->step(), -range->step(), size);
  }
  const bool sequence = as_sequence(v) || as_str(v) || as_bytes(v) || v.get_if<DictObject>() ||
                        (v.is_object() && v.get_if<SetObject>() == nullptr &&
                         v.as_object()->length(context).has_value());
  if (!sequence) raise("TypeError", quoted_type(v) + " object is not reversible");
  std::vector<Value> items = collect(context, v);
  std::reverse(items.begin(), items.end());
  return make<ValuesIterator>(std::move(items), as_sequence(v) && v.get_if<ListObject>()
                                                    ? "list_reverseiterator"
                                                    : "reversed");
}

constexpr Builtin kTypes[] = {
    {"bool", make_bool},
    {"bytes", make_bytes_object},
    {"complex", make_complex},
    {"dict", make_dict_object},
    {"enumerate", make_enumerate},
    {"filter", make_filter},
    {"float", make_float},
    {"int", make_int},
    {"list", make_list_object},
    {"map", make_map},
    {"object", make_object},
    {"range", make_range},
    {"reversed", make_reversed},
    {"set", make_set},
    {"slice", make_slice},
    {"str", make_string},
    {"tuple", make_tuple_object},
    {"type", type_call},
    {"zip", make_zip},
};

Value bytes_fromhex(Context& context, const Arguments& a) {
  expect_positional("bytes.fromhex", a, 1, 1);
  const std::string text = to_text(context, a.positional[0]);
  std::string bytes, digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ' ' && digits.empty()) continue;
    if (std::isxdigit(static_cast<unsigned char>(text[i])) == 0) {
      raise("ValueError",
            "non-hexadecimal number found in fromhex() arg at position " + std::to_string(i));
    }
    digits += text[i];
    if (digits.size() < 2) continue;
    bytes += static_cast<char>(*parse_integer(digits, 16));
    digits.clear();
  }
  if (!digits.empty()) {
    raise("ValueError", "non-hexadecimal number found in fromhex() arg at position " +
                            std::to_string(text.size()));
  }
  return make_bytes(std::move(bytes));
}

Value dict_fromkeys(Context& context, const Arguments& a) {
  expect_positional("fromkeys", a, 1, 2);
  const Value made = make_dict();
  const Value value = a.positional.size() > 1 ? a.positional[1] : Value::none();
  for (const Value& key : collect(context, a.positional[0])) {
    static_cast<DictObject*>(made.as_object())->set(context, key, value);
  }
  return made;
}

}  // namespace

std::span<const Builtin> builtin_types() { return kTypes; }

void add_builtins(Context& context, std::map<std::string, Value, std::less<>>& into) {
  for (const auto& table : {builtin_functions(), iteration_functions(), hidden_functions()}) {
    for (const Builtin& builtin : table) {
      into.insert_or_assign(std::string(builtin.name),
                            make_function(std::string(builtin.name), builtin.function));
    }
  }
  for (const Builtin& type : builtin_types()) {
    const std::string name(type.name);
    into.insert_or_assign(name, make_type(context, name, name, type.function));
  }
  const auto type = [&](const char* name) {
    return static_cast<TypeObject*>(into.find(name)->second.as_object());
  };
  type("bool")->add_base(into.find("int")->second);
  type("bytes")->add("fromhex", make_function("fromhex", bytes_fromhex));
  type("dict")->add("fromkeys", make_function("fromkeys", dict_fromkeys));
  for (const ExceptionKind& kind : exception_kinds()) {
    const Value exception = exception_type(context, kind);
    if (kind.qualified_name == kind.name())
      into.insert_or_assign(std::string(kind.name()), exception);
  }
  for (const char* alias : {"IOError", "EnvironmentError"}) {
    into.insert_or_assign(alias, into.find("OSError")->second);
  }
  into.insert_or_assign("Ellipsis", make<EllipsisObject>());
  into.insert_or_assign("NotImplemented", make<NotImplementedObject>());
  into.insert_or_assign("__name__", make_str("__main__"));
  into.insert_or_assign(".__end", make<EllipsisObject>());  // the prelude's alone
}

}  // namespace python
