// Arguments of native functions, sorted and checked as CPython does.

#include "scenarios/python/native.h"

#include "scenarios/python/numbers.h"

namespace python {

std::optional<std::string_view> as_str(const Value& v) {
  if (!v.is_object() || v.as_object()->kind != ObjectKind::str) return std::nullopt;
  return static_cast<const StrObject*>(v.as_object())->text();
}

std::optional<std::string_view> as_bytes(const Value& v) {
  if (const auto* bytes = v.get_if<BytesObject>()) return bytes->bytes();
  return std::nullopt;
}

std::optional<std::span<const Value>> as_sequence(const Value& v) {
  if (!v.is_object()) return std::nullopt;
  if (v.as_object()->kind == ObjectKind::list) {
    return static_cast<const ListObject*>(v.as_object())->items();
  }
  if (v.as_object()->kind == ObjectKind::tuple) {
    return static_cast<const TupleObject*>(v.as_object())->items();
  }
  return std::nullopt;
}

namespace {

std::string counted(std::size_t n, const std::string& noun) {
  return std::to_string(n) + " " + noun + (n == 1 ? "" : "s");
}

[[noreturn]] void too_many(const Signature& s, std::size_t given, std::size_t most) {
  const std::string name(s.function);
  std::size_t required = 0;
  for (const Parameter& p : s.parameters) required += p.need == Parameter::Need::required ? 1 : 0;
  if (s.words == Signature::Words::python_function) {
    const std::string from =
        required < most ? "from " + std::to_string(required) + " to " + std::to_string(most)
                        : std::to_string(most);
    raise("TypeError", name + "() takes " + from + " positional argument" + (most == 1 ? "" : "s") +
                           " but " + std::to_string(given) + (given == 1 ? " was" : " were") +
                           " given");
  }
  // CPython says "positional" where it is not all arguments together that are too many.
  const std::size_t all = s.parameters.size();
  const bool is_all = given > all || most >= all;
  const std::size_t bound = is_all ? all : most;
  const std::string how = required < bound ? "at most " : "exactly ";
  raise("TypeError", name + "() takes " + how +
                         counted(bound, is_all ? "argument" : "positional argument") + " (" +
                         std::to_string(given) + " given)");
}

[[noreturn]] void missing(const Signature& s, const std::vector<Value>& values) {
  const std::string name(s.function);
  std::vector<std::string> names;
  std::size_t first = SIZE_MAX;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].is_bound() || s.parameters[i].need != Parameter::Need::required) continue;
    if (first == SIZE_MAX) first = i;
    names.push_back("'" + std::string(s.parameters[i].name) + "'");
  }
  if (s.words == Signature::Words::c_function) {
    raise("TypeError", name + "() missing required argument " + names[0] + " (pos " +
                           std::to_string(first + 1) + ")");
  }
  std::string list = names[0];
  for (std::size_t i = 1; i < names.size(); ++i) {
    const bool last = i + 1 == names.size();
    list += (last ? (names.size() > 2 ? ", and " : " and ") : ", ") + names[i];
  }
  raise("TypeError",
        name + "() missing " + counted(names.size(), "required positional argument") + ": " + list);
}

std::size_t parameter_named(const Signature& s, std::string_view name) {
  for (std::size_t i = s.positional_only; i < s.parameters.size(); ++i) {
    if (s.parameters[i].name == name) return i;
  }
  const bool c = s.words == Signature::Words::c_function;
  raise("TypeError", c && s.function != "print"
                         ? "'" + std::string(name) + "' is an invalid keyword argument for " +
                               std::string(s.function) + "()"
                         : std::string(s.function) + "() got an unexpected keyword argument '" +
                               std::string(name) + "'");
}

}  // namespace

std::vector<Value> bind(const Signature& s, const Arguments& arguments) {
  std::vector<Value> values(s.parameters.size());
  const std::size_t most = std::min(s.most_positional, s.parameters.size());
  const std::size_t given = arguments.positional.size();
  if (given > most) too_many(s, given, most);
  std::copy(arguments.positional.begin(), arguments.positional.end(), values.begin());
  for (const auto& [name, value] : arguments.keywords) {
    const std::size_t at = parameter_named(s, name);
    if (values[at].is_bound()) {
      raise("TypeError", s.words == Signature::Words::c_function
                             ? "argument for " + std::string(s.function) + "() given by name ('" +
                                   std::string(name) + "') and position (" +
                                   std::to_string(at + 1) + ")"
                             : std::string(s.function) + "() got multiple values for argument '" +
                                   std::string(name) + "'");
    }
    values[at] = value;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i].is_bound() && s.parameters[i].need == Parameter::Need::required) {
      missing(s, values);
    }
  }
  return values;
}

void expect_positional(std::string_view function, const Arguments& arguments, std::size_t least,
                       std::size_t most) {
  const std::string name(function);
  const std::size_t given = arguments.positional.size();
  if (!arguments.keywords.empty()) raise("TypeError", name + "() takes no keyword arguments");
  if (given >= least && given <= most) return;
  if (most == 0) {
    raise("TypeError", name + "() takes no arguments (" + std::to_string(given) + " given)");
  }
  if (least == 1 && most == 1) {
    raise("TypeError",
          name + "() takes exactly one argument (" + std::to_string(given) + " given)");
  }
  const std::size_t bound = given < least ? least : most;
  const char* how = least == most ? "" : given < least ? "at least " : "at most ";
  raise("TypeError",
        name + " expected " + how + counted(bound, "argument") + ", got " + std::to_string(given));
}

std::int64_t to_index(Context& context, const Value& v) {
  if (const auto index = index_of(context, v)) return *index;
  raise("TypeError", quoted_type(v) + " object cannot be interpreted as an integer");
}

double to_float(Context& context, const Value& v) {
  if (is_number(v)) return number_as_double(v);
  if (v.is_object()) {
    if (const auto d = v.as_object()->as_float(context)) return *d;
    if (const auto i = v.as_object()->as_index(context)) return static_cast<double>(*i);
  }
  raise("TypeError", "must be real number, not " + type_name(v));
}

std::string to_text(Context&, const Value& v) {
  if (const auto text = as_str(v)) return std::string(*text);
  raise("TypeError", "expected str, got " + type_name(v));
}

}  // namespace python
