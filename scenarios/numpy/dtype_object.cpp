// Attributes and comparison of dtypes, and what can stand for a dtype.

#include "scenarios/numpy/dtype_object.h"

#include <array>

#include "scenarios/numpy/scalar.h"
#include "scenarios/python/native.h"

namespace numpy {

using python::Context;
using python::Value;

namespace {

constexpr auto kAttributes = std::to_array<std::string_view>(
    {"alignment", "base", "byteorder", "char", "fields", "hasobject", "isnative", "itemsize",
     "kind", "name", "names", "ndim", "newbyteorder", "num", "shape", "str", "subdtype", "type"});

DType with_new_order(Context& context, DType dtype, const Value& argument) {
  const std::string order = argument.is_bound() ? python::to_text(context, argument) : "S";
  switch (order.empty() ? '?' : order[0]) {
    case 'S':
    case 's': return dtype.with_order(dtype.is_native() ? ByteOrder::big : ByteOrder::little);
    case '<':
    case 'L':
    case 'l':
    case '=':
    case 'N':
    case 'n': return dtype.native();
    case '>':
    case 'B':
    case 'b': return dtype.with_order(ByteOrder::big);
    case '|':
    case 'I':
    case 'i': return dtype;
    default: break;
  }
  python::raise("ValueError", order + " is an unrecognized byteorder");
}

// The dtype that a type of the language or of NumPy stands for.
std::optional<DType> dtype_of_type(const python::TypeObject& type) {
  const std::string& name = type.qualified_name();
  if (name == "int") return kInt64;
  if (name == "float") return kFloat64;
  if (name == "bool") return kBool;
  if (const auto scalar = scalar_type_of(name)) return DType(*scalar);
  return std::nullopt;
}

// What the text or value names; nothing when NumPy has no such dtype.
std::optional<DType> dtype_named(const Value& value) {
  if (const auto* object = value.get_if<DTypeObject>()) return object->dtype();
  if (const auto text = python::as_str(value)) return parse_dtype(*text);
  if (const auto* type = value.get_if<python::TypeObject>()) return dtype_of_type(*type);
  return std::nullopt;
}

}  // namespace

DType dtype_from(Context& context, const Value& value) {
  if (value.is_none()) return kFloat64;
  if (const auto dtype = dtype_named(value)) return *dtype;
  if (const auto text = python::as_str(value)) {
    python::raise("TypeError", "data type '" + std::string(*text) + "' not understood");
  }
  if (const auto* type = value.get_if<python::TypeObject>()) {
    throw python::Unsupported{"the dtype " + type->qualified_name(),
                              "bool, int8 to int64, uint8 to uint64, float32 or float64"};
  }
  if (python::as_sequence(value) || value.get_if<python::DictObject>() != nullptr) {
    throw python::Unsupported{"a dtype with fields", "one array for each field"};
  }
  python::raise("TypeError",
                "Cannot interpret '" + python::repr(context, value) + "' as a data type");
}

Value dtype_value(Context&, DType dtype) { return python::make<DTypeObject>(dtype); }

std::string_view DTypeObject::type_name() const {
  static constexpr std::array<std::string_view, kElementTypes> kTypeNames{
      "dtype[bool_]",  "dtype[int8]",    "dtype[uint8]",  "dtype[int16]",
      "dtype[uint16]", "dtype[int32]",   "dtype[uint32]", "dtype[int64]",
      "dtype[uint64]", "dtype[float32]", "dtype[float64]"};
  return kTypeNames[static_cast<std::size_t>(dtype_.type())];
}

std::string DTypeObject::qualified_type_name() const { return "numpy." + std::string(type_name()); }

std::vector<std::string_view> DTypeObject::attribute_names() const {
  return {kAttributes.begin(), kAttributes.end()};
}

std::optional<Value> DTypeObject::find_attribute(Context& context, std::string_view name) {
  if (name == "name") return python::make_str(std::string(dtype_.name()));
  if (name == "str") return python::make_str(dtype_.str_code());
  if (name == "kind") return python::make_str(std::string(1, dtype_.kind()));
  if (name == "char") return python::make_str(std::string(1, dtype_.type_char()));
  if (name == "byteorder") return python::make_str(std::string(dtype_.byteorder()));
  if (name == "num") return Value::integer(dtype_.type_number());
  if (name == "itemsize" || name == "alignment") return Value::integer(dtype_.itemsize());
  if (name == "isnative") return Value::boolean(dtype_.is_native());
  if (name == "hasobject") return Value::boolean(false);
  if (name == "names" || name == "fields" || name == "subdtype") return Value::none();
  if (name == "shape") return python::make_tuple();
  if (name == "ndim") return Value::integer(0);
  if (name == "base") return Value::object(this);
  if (name == "type") return context.types().find(scalar_qualified_name(dtype_.type()));
  if (name == "newbyteorder") {
    return python::make<python::BoundNativeMethod>(Value::object(this), std::string(name));
  }
  return std::nullopt;
}

Value DTypeObject::call_method(Context& context, std::string_view name,
                               const python::Arguments& arguments) {
  if (name != "newbyteorder") return Object::call_method(context, name, arguments);
  python::expect_positional("newbyteorder", arguments, 0, 1);
  const Value order = arguments.positional.empty() ? Value() : arguments.positional[0];
  return dtype_value(context, with_new_order(context, dtype_, order));
}

std::optional<Value> DTypeObject::compare(Context& context, python::CompareOp op,
                                          const Value& other) {
  const bool is_equality = op == python::CompareOp::equal;
  if (!is_equality && op != python::CompareOp::not_equal) return std::nullopt;
  if (!other.is_none() && !dtype_named(other)) {
    if (python::as_str(other)) dtype_from(context, other);  // raises
    return Value::boolean(!is_equality);
  }
  const bool same = dtype_ == (other.is_none() ? kFloat64 : *dtype_named(other));
  return Value::boolean(same == is_equality);
}

std::optional<std::uint64_t> DTypeObject::hash(Context&) {
  return static_cast<std::uint64_t>(dtype_.type_number()) * 2 + (dtype_.is_native() ? 0 : 1);
}

}  // namespace numpy
