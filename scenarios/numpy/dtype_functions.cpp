// Questions about dtypes: iinfo, finfo, can_cast, result_type and their like; and the shape, size
// and number of axes of anything.

#include <array>
#include <cfloat>
#include <limits>

#include "scenarios/numpy/dtype_object.h"
#include "scenarios/numpy/info_object.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/promotion.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/numpy/ufunc.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::Signature;
using python::Value;
using enum python::Parameter::Need;

DType dtype_of_any(Context& context, const Value& v) {
  if (const auto number = number_of(v)) return DType(number->type());
  if (const NdArray* a = array_if(v)) return a->dtype();
  return dtype_from(context, v);
}

Value iinfo(Context& context, const Arguments& arguments) {
  python::expect_positional("iinfo", arguments, 1, 1);
  const DType dtype = dtype_of_any(context, arguments.positional[0]);
  if (!dtype.is_integer()) {
    python::raise("ValueError", std::string("Invalid integer data type '") + dtype.kind() + "'.");
  }
  return python::make<InfoObject>(dtype);
}

Value finfo(Context& context, const Arguments& arguments) {
  python::expect_positional("finfo", arguments, 1, 1);
  const DType dtype = dtype_of_any(context, arguments.positional[0]);
  if (!dtype.is_float()) {
    python::raise("ValueError", "data type " + dtype.repr() + " not inexact");
  }
  return python::make<InfoObject>(dtype);
}

PromotionOperand promotion_operand(Context& context, const Value& v) {
  PromotionOperand operand;
  if (const auto number = number_of(v)) {
    operand = {number->type(), true, *number};
  } else {
    operand.type = dtype_of_any(context, v).type();
  }
  return operand;
}

Value result_type_function(Context& context, const Arguments& arguments) {
  if (arguments.positional.empty()) {
    python::raise("ValueError", "at least one array or dtype is required");
  }
  std::vector<PromotionOperand> operands;
  for (const Value& v : arguments.positional) operands.push_back(promotion_operand(context, v));
  return dtype_value(context, DType(result_type(operands)));
}

Value promote_types(Context& context, const Arguments& arguments) {
  python::expect_positional("promote_types", arguments, 2, 2);
  return dtype_value(context, DType(promote(dtype_from(context, arguments.positional[0]).type(),
                                            dtype_from(context, arguments.positional[1]).type())));
}

Value can_cast_function(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"from_"}, {"to"}, {"casting", optional}};
  const auto given = python::bind({"can_cast", kParameters}, arguments);
  Casting casting = Casting::safe;
  const std::string text = is_given(given[2]) ? python::to_text(context, given[2]) : "safe";
  if (text == "same_kind")
    casting = Casting::same_kind;
  else if (text == "unsafe")
    casting = Casting::unsafe;
  else if (text != "safe")
    throw python::Unsupported{"casting='" + text + "'", "casting='safe'"};
  if (number_of(given[0])) {
    throw python::Unsupported{"can_cast() of a number", "np.can_cast(x.dtype, to)"};
  }
  return Value::boolean(can_cast(dtype_of_any(context, given[0]).type(),
                                 dtype_from(context, given[1]).type(), casting));
}

Value isscalar(Context&, const Arguments& arguments) {
  python::expect_positional("isscalar", arguments, 1, 1);
  const Value& v = arguments.positional[0];
  return Value::boolean(number_of(v).has_value() || python::as_str(v).has_value() ||
                        python::as_bytes(v).has_value());
}

Value attribute_of(Context& context, const Arguments& arguments, const char* name) {
  python::expect_positional(name, arguments, 1, 1);
  const Value& v = arguments.positional[0];
  const Value object = number_of(v) ? make_scalar(*number_of(v)) : array_from(context, v);
  return python::get_attribute(context, object, name);
}
Value shape(Context& context, const Arguments& a) { return attribute_of(context, a, "shape"); }
Value ndim(Context& context, const Arguments& a) { return attribute_of(context, a, "ndim"); }
Value size(Context& context, const Arguments& a) { return attribute_of(context, a, "size"); }

constexpr auto kFunctions = std::to_array<ModuleFunction>({{"iinfo", iinfo},
                                                           {"finfo", finfo},
                                                           {"result_type", result_type_function},
                                                           {"promote_types", promote_types},
                                                           {"can_cast", can_cast_function},
                                                           {"isscalar", isscalar},
                                                           {"shape", shape},
                                                           {"ndim", ndim},
                                                           {"size", size}});

}  // namespace

std::span<const ModuleFunction> dtype_functions() { return kFunctions; }

}  // namespace numpy
