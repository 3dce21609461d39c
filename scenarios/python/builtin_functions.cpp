// Built-in functions about single values: print, len, repr, abs, isinstance...

#include <cmath>

#include "scenarios/python/builtins.h"
#include "scenarios/python/class_object.h"
#include "scenarios/python/complex_object.h"
#include "scenarios/python/function_object.h"
#include "scenarios/python/numbers.h"
#include "scenarios/python/str_format.h"
#include "scenarios/python/utf8.h"

namespace python {

namespace {

constexpr Parameter::Need kOptional = Parameter::Need::optional;

const Value& one(const char* name, const Arguments& a) {
  expect_positional(name, a, 1, 1);
  return a.positional[0];
}

Value print(Context& context, const Arguments& a) {
  std::string separator = " ", end = "\n";
  for (const auto& [name, value] : a.keywords) {
    if (name == "flush") continue;
    if (name == "file") {
      if (value.is_none()) continue;
      throw Unsupported{"print(file=...)", "the file's write()"};
    }
    if (name != "sep" && name != "end") {
      raise("TypeError", "'" + std::string(name) + "' is an invalid keyword argument for print()");
    }
    if (value.is_none()) continue;
    const auto text = as_str(value);
    if (!text) {
      raise("TypeError", std::string(name) + " must be None or a string, not " + type_name(value));
    }
    (name == "sep" ? separator : end) = *text;
  }
  std::string line;
  for (std::size_t i = 0; i < a.positional.size(); ++i) {
    if (i > 0) line += separator;
    line += str(context, a.positional[i]);
  }
  context.surroundings().write_stdout(line + end);
  return Value::none();
}

Value len(Context& context, const Arguments& a) {
  return Value::integer(length_of(context, one("len", a)));
}

Value repr_of(Context& context, const Arguments& a) {
  return make_str(repr(context, one("repr", a)));
}

Value ascii(Context& context, const Arguments& a) {
  return make_str(ascii_of(repr(context, one("ascii", a))));
}

Value absolute(Context& context, const Arguments& a) {
  const Value& v = one("abs", a);
  if (v.is_real()) return Value::real(std::fabs(v.as_real()));
  if (is_whole(v)) {
    return Value::integer(v.as_integer() < 0 ? checked_subtract(0, v.as_integer())
                                             : v.as_integer());
  }
  if (const auto* c = v.get_if<ComplexObject>()) return Value::real(std::abs(c->value()));
  if (v.is_object()) {
    if (auto method = find_attribute(context, v, "__abs__")) return call(context, *method, {});
  }
  raise("TypeError", "bad operand type for abs(): " + quoted_type(v));
}

Value round_of(Context& context, const Arguments& a) {
  static constexpr Parameter kParameters[] = {{"number"}, {"ndigits", kOptional}};
  const auto given = bind({.function = "round", .parameters = kParameters}, a);
  std::optional<std::int64_t> digits;
  if (given[1].is_bound() && !given[1].is_none()) digits = to_index(context, given[1]);
  if (is_number(given[0])) return round_number(given[0], digits);
  if (given[0].is_object()) {
    if (auto method = find_attribute(context, given[0], "__round__")) {
      const Value n = digits ? Value::integer(*digits) : Value::none();
      return call(context, *method, {.positional = {&n, digits ? 1U : 0U}});
    }
  }
  raise("TypeError", "type " + type_name(given[0]) + " doesn't define __round__ method");
}

Value divmod(Context& context, const Arguments& a) {
  expect_positional("divmod", a, 2, 2);
  const Value &x = a.positional[0], &y = a.positional[1];
  const bool numbers = is_number(x) && is_number(y);
  // Beside numbers only foreign ones (arrays, scalars) know the operation.
  const auto foreign = [](const Value& v) {
    return v.is_object() && v.as_object()->operation_priority() > 0;
  };
  if (!numbers && !foreign(x) && !foreign(y)) {
    raise("TypeError",
          "unsupported operand type(s) for divmod(): " + quoted_type(x) + " and " + quoted_type(y));
  }
  if (numbers && number_as_double(y) == 0.0) {
    raise("ZeroDivisionError",
          x.is_real() || y.is_real() ? "float divmod()" : "integer division or modulo by zero");
  }
  return make_tuple({binary_operation(context, BinaryOp::floor_divide, x, y),
                     binary_operation(context, BinaryOp::modulo, x, y)});
}

std::int64_t power_modulo(std::int64_t base, std::int64_t exponent, std::int64_t modulus) {
  __extension__ using Wide = __int128;
  std::int64_t result = floor_modulo(1, modulus);
  std::int64_t b = floor_modulo(base, modulus);
  for (; exponent > 0; exponent >>= 1) {
    const auto times = [&](std::int64_t x, std::int64_t y) {
      Wide rest = static_cast<Wide>(x) * y % modulus;
      if (rest != 0 && (rest < 0) != (modulus < 0)) rest += modulus;
      return static_cast<std::int64_t>(rest);
    };
    if ((exponent & 1) != 0) result = times(result, b);
    b = times(b, b);
  }
  return result;
}

Value pow_of(Context& context, const Arguments& a) {
  static constexpr Parameter kParameters[] = {{"base"}, {"exp"}, {"mod", kOptional}};
  const auto given = bind({.function = "pow", .parameters = kParameters}, a);
  if (!given[2].is_bound() || given[2].is_none()) {
    return binary_operation(context, BinaryOp::power, given[0], given[1]);
  }
  if (!is_whole(given[0]) || !is_whole(given[1]) || !is_whole(given[2])) {
    raise("TypeError", "pow() 3rd argument not allowed unless all arguments are integers");
  }
  if (given[2].as_integer() == 0) raise("ValueError", "pow() 3rd argument cannot be 0");
  if (given[1].as_integer() < 0) {
    throw Unsupported{"pow() with a negative exponent and a modulus", {}};
  }
  return Value::integer(
      power_modulo(given[0].as_integer(), given[1].as_integer(), given[2].as_integer()));
}

Value ord(Context&, const Arguments& a) {
  const Value& v = one("ord", a);
  std::int64_t size = 0;
  if (const auto text = as_str(v)) {
    size = count_code_points(*text);
    if (size == 1) return Value::integer(code_point_at(*text, 0));
  } else if (const auto bytes = as_bytes(v)) {
    size = static_cast<std::int64_t>(bytes->size());
    if (size == 1) return Value::integer(static_cast<unsigned char>((*bytes)[0]));
  } else {
    raise("TypeError", "ord() expected string of length 1, but " + type_name(v) + " found");
  }
  raise("TypeError",
        "ord() expected a character, but string of length " + std::to_string(size) + " found");
}

Value chr(Context& context, const Arguments& a) {
  const std::int64_t code = to_index(context, one("chr", a));
  if (code < 0 || code > 0x10FFFF) raise("ValueError", "chr() arg not in range(0x110000)");
  if (code >= 0xD800 && code < 0xE000) throw Unsupported{"a lone surrogate in a string", {}};
  std::string text;
  append_code_point(text, code);
  return make_str(std::move(text));
}

Value in_base(Context& context, const Value& v, unsigned base, const char* prefix) {
  const std::int64_t n = to_index(context, v);
  std::uint64_t magnitude =
      n < 0 ? ~static_cast<std::uint64_t>(n) + 1 : static_cast<std::uint64_t>(n);
  std::string digits;
  do {
    digits.insert(digits.begin(), "0123456789abcdef"[magnitude % base]);
    magnitude /= base;
  } while (magnitude != 0);
  return make_str((n < 0 ? "-" : "") + std::string(prefix) + digits);
}
Value hex(Context& context, const Arguments& a) {
  return in_base(context, one("hex", a), 16, "0x");
}
Value oct(Context& context, const Arguments& a) { return in_base(context, one("oct", a), 8, "0o"); }
Value bin(Context& context, const Arguments& a) { return in_base(context, one("bin", a), 2, "0b"); }

Value hash_value(Context& context, const Arguments& a) {
  return Value::integer(static_cast<std::int64_t>(hash_of(context, one("hash", a))));
}

bool instance_of_any(Context& context, const Value& v, const Value& types, bool classes) {
  if (const auto* tuple = types.get_if<TupleObject>()) {
    const NativeCall inside(context, classes ? "in __subclasscheck__" : "in __instancecheck__");
    for (const Value& type : tuple->items()) {
      if (instance_of_any(context, v, type, classes)) return true;
    }
    return false;
  }
  const auto* type = types.get_if<TypeObject>();
  if (type == nullptr) {
    raise("TypeError", classes
                           ? "issubclass() arg 2 must be a class, a tuple of classes, or a union"
                           : "isinstance() arg 2 must be a type, a tuple of types, or a union");
  }
  if (type->name() == "object") return true;
  if (!classes) return is_instance(context, v, *type);
  const auto* own = v.get_if<TypeObject>();
  if (own == nullptr) raise("TypeError", "issubclass() arg 1 must be a class");
  return own->is_subclass_of(*type);
}

Value isinstance(Context& context, const Arguments& a) {
  expect_positional("isinstance", a, 2, 2);
  return Value::boolean(instance_of_any(context, a.positional[0], a.positional[1], false));
}

Value issubclass(Context& context, const Arguments& a) {
  expect_positional("issubclass", a, 2, 2);
  return Value::boolean(instance_of_any(context, a.positional[0], a.positional[1], true));
}

Value callable(Context&, const Arguments& a) {
  const Value& v = one("callable", a);
  if (!v.is_object()) return Value::boolean(false);
  if (const auto* instance = v.get_if<InstanceObject>()) {
    return Value::boolean(instance->class_object().has_member("__call__"));
  }
  const bool can =
      v.get_if<NativeFunction>() != nullptr || v.get_if<TypeObject>() != nullptr ||
      v.get_if<FunctionObject>() != nullptr || v.get_if<BoundMethodObject>() != nullptr ||
      v.get_if<BoundNativeMethod>() != nullptr || v.as_object()->type_name() == "ufunc";
  return Value::boolean(can);
}

std::string attribute_name(const char* function, const Value& v) {
  if (const auto text = as_str(v)) return std::string(*text);
  raise("TypeError", std::string(function == std::string_view("getattr") ? "attribute name must be "
                                                                           "string, not "
                                                                         : "attribute name must be "
                                                                           "string, not ") +
                         quoted_type(v));
}

Value getattr(Context& context, const Arguments& a) {
  expect_positional("getattr", a, 2, 3);
  const std::string name = attribute_name("getattr", a.positional[1]);
  if (a.positional.size() == 2) return get_attribute(context, a.positional[0], name);
  return find_attribute(context, a.positional[0], name).value_or(a.positional[2]);
}

Value hasattr(Context& context, const Arguments& a) {
  expect_positional("hasattr", a, 2, 2);
  const std::string name = attribute_name("hasattr", a.positional[1]);
  return Value::boolean(find_attribute(context, a.positional[0], name).has_value());
}

Value setattr(Context& context, const Arguments& a) {
  expect_positional("setattr", a, 3, 3);
  set_attribute(context, a.positional[0], attribute_name("setattr", a.positional[1]),
                a.positional[2]);
  return Value::none();
}

Value format_of(Context& context, const Arguments& a) {
  expect_positional("format", a, 1, 2);
  const std::string spec = a.positional.size() > 1 ? to_text(context, a.positional[1]) : "";
  return make_str(format(context, a.positional[0], spec));
}

// The machine sees calls of super() itself.
Value super(Context&, const Arguments&) { throw Unsupported{"this use of super()", {}}; }

constexpr Builtin kFunctions[] = {
    {"abs", absolute},
    {"ascii", ascii},
    {"bin", bin},
    {"callable", callable},
    {"chr", chr},
    {"divmod", divmod},
    {"format", format_of},
    {"getattr", getattr},
    {"hasattr", hasattr},
    {"hash", hash_value},
    {"hex", hex},
    {"isinstance", isinstance},
    {"issubclass", issubclass},
    {"len", len},
    {"oct", oct},
    {"ord", ord},
    {"pow", pow_of},
    {"print", print},
    {"repr", repr_of},
    {"round", round_of},
    {"setattr", setattr},
    {"super", super},
};

}  // namespace

std::span<const Builtin> builtin_functions() { return kFunctions; }

}  // namespace python
