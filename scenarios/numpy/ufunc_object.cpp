// Calls with out= and dtype=, and reduce and accumulate where a method does the same.

#include "scenarios/numpy/ufunc_object.h"

#include "scenarios/numpy/create.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/scalar.h"

namespace numpy {

using python::Arguments;
using python::Context;
using python::Value;

namespace {

// The method of arrays that a ufunc's reduce or accumulate is.
std::string_view method_for(std::string_view ufunc, std::string_view how) {
  if (how == "accumulate") return ufunc == "add" ? "cumsum" : ufunc == "multiply" ? "cumprod" : "";
  if (ufunc == "add") return "sum";
  if (ufunc == "multiply") return "prod";
  if (ufunc == "minimum") return "min";
  if (ufunc == "maximum") return "max";
  if (ufunc == "logical_and") return "all";
  if (ufunc == "logical_or") return "any";
  return "";
}

Value converted(Context& context, const Value& result, const Value& dtype) {
  const std::vector<Value> arguments{dtype};
  return python::call_method(context, result, "astype", {arguments, {}});
}

}  // namespace

Value UfuncObject::call(Context& context, const Arguments& arguments) {
  const auto inputs = static_cast<std::size_t>(ufunc_->inputs);
  const std::string name(ufunc_->name);
  if (arguments.positional.size() < inputs || arguments.positional.size() > inputs + 1) {
    python::raise("TypeError", name + "() takes from " + std::to_string(inputs) + " to " +
                                   std::to_string(inputs + 1) + " positional arguments but " +
                                   std::to_string(arguments.positional.size()) +
                                   (arguments.positional.size() == 1 ? " was" : " were") +
                                   " given");
  }
  Value out = arguments.positional.size() > inputs ? arguments.positional[inputs] : Value();
  Value dtype;
  for (const auto& [key, value] : arguments.keywords) {
    if (key == "out")
      out = value;
    else if (key == "dtype")
      dtype = value;
    else
      throw python::Unsupported{"the argument " + std::string(key) + "= of np." + name, ""};
  }
  if (const auto tuple = python::as_sequence(out); tuple && tuple->size() == 1) {
    out = Value((*tuple)[0]);
  }
  std::vector<UfuncOperand> operands;
  for (std::size_t k = 0; k < inputs; ++k) {
    const auto operand = ufunc_operand(context, arguments.positional[k]);
    if (!operand) {
      python::raise("TypeError",
                    "ufunc '" + name +
                        "' not supported for the input types, and the inputs could not be safely "
                        "coerced to any supported types according to the casting rule ''safe''");
    }
    operands.push_back(*operand);
  }
  NdArray* into = array_if(out);
  if (is_given(out) && into == nullptr) {
    python::raise("TypeError", "return arrays must be of ArrayType");
  }
  const Value result = call_ufunc(context, {.ufunc = ufunc_,
                                            .inputs = operands,
                                            .out = into,
                                            .out_value = into != nullptr ? out : Value()});
  return is_given(dtype) ? converted(context, result, dtype) : result;
}

std::optional<Value> UfuncObject::find_attribute(Context&, std::string_view name) {
  if (name == "__name__") return python::make_str(std::string(ufunc_->name));
  if (name == "nin") return Value::integer(ufunc_->inputs);
  if (name == "nout") return Value::integer(1);
  if (name == "nargs") return Value::integer(ufunc_->inputs + 1);
  if (name == "reduce" || name == "accumulate") {
    return python::make<python::BoundNativeMethod>(Value::object(this), std::string(name));
  }
  if (name == "outer" || name == "at" || name == "reduceat" || name == "identity" ||
      name == "types") {
    throw python::Unsupported{"np." + std::string(ufunc_->name) + "." + std::string(name), ""};
  }
  return std::nullopt;
}

std::vector<std::string_view> UfuncObject::attribute_names() const {
  return {"accumulate", "nargs", "nin", "nout", "reduce"};
}

Value UfuncObject::call_method(Context& context, std::string_view name,
                               const Arguments& arguments) {
  const bool is_known = name == "reduce" || name == "accumulate";
  if (!is_known) return Object::call_method(context, name, arguments);
  const std::string_view method = method_for(ufunc_->name, name);
  if (method.empty()) {
    throw python::Unsupported{"np." + std::string(ufunc_->name) + "." + std::string(name), ""};
  }
  if (arguments.positional.empty()) {
    python::raise("TypeError", std::string(name) + "() missing required argument 'array' (pos 1)");
  }
  // Unlike the method, a ufunc goes along axis 0 unless told otherwise.
  const ArrayArgument array = array_argument(context, arguments.positional[0]);
  std::vector<Value> rest(arguments.positional.begin() + 1, arguments.positional.end());
  bool has_axis = !rest.empty();
  for (const auto& [key, value] : arguments.keywords) has_axis = has_axis || key == "axis";
  if (!has_axis) rest.push_back(Value::integer(0));
  return array->call_method(context, method, {rest, arguments.keywords});
}

std::string UfuncObject::repr(Context&) { return "<ufunc '" + std::string(ufunc_->name) + "'>"; }

}  // namespace numpy
