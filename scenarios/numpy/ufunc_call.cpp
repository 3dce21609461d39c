// Calling a ufunc: operands, common type, shapes, the output, the loop, warnings.

#include <algorithm>

#include "scenarios/numpy/float_errors.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/numpy/ufunc.h"
#include "scenarios/python/native.h"

namespace numpy {
namespace {

using python::Context;
using python::Value;

// NumPy's comparisons, minima and logical functions leave no floating-point errors behind.
bool reports_float_errors(const Ufunc& ufunc, const LoopChoice& choice) {
  static constexpr std::string_view kSilent[] = {"minimum", "maximum", "fmin",  "fmax", "absolute",
                                                 "sign",    "rint",    "floor", "ceil", "trunc"};
  return choice.out != ElementType::boolean &&
         std::find(std::begin(kSilent), std::end(kSilent), ufunc.name) == std::end(kSilent);
}

[[noreturn]] void raise_no_loop(const Ufunc& ufunc, ElementType type) {
  if (type == ElementType::boolean && ufunc.name == "subtract") {
    python::raise("TypeError",
                  "numpy boolean subtract, the `-` operator, is not supported, use the "
                  "bitwise_xor, the `^` operator, or the logical_xor function instead.");
  }
  if (type == ElementType::boolean && ufunc.name == "negative") {
    python::raise("TypeError",
                  "The numpy boolean negative, the `-` operator, is not supported, use the `~` "
                  "operator or the logical_not function instead.");
  }
  if (DType(type).itemsize() == 1 && ufunc.choose(ElementType::float64).loop != nullptr &&
      ufunc.choose(ElementType::int16).in == ElementType::float32) {
    throw python::Unsupported{"np." + std::string(ufunc.name) + " of " +
                                  std::string(DType(type).name()) + " gives float16, which",
                              "an array converted by .astype(np.float64)"};
  }
  python::raise("TypeError",
                "ufunc '" + std::string(ufunc.name) +
                    "' not supported for the input types, and the inputs could not be safely "
                    "coerced to any supported types according to the casting rule ''safe''");
}

LoopChoice resolve(const UfuncCall& call) {
  std::array<PromotionOperand, 2> operands;
  for (std::size_t k = 0; k < call.inputs.size(); ++k) {
    const UfuncOperand& in = call.inputs[k];
    operands[k].is_scalar = in.array == nullptr || in.array->ndim() == 0;  // as in `zero_d += 1`
    operands[k].type = in.array != nullptr ? in.array->dtype().type() : in.number.type();
    operands[k].value = in.number;
  }
  const ElementType type = result_type(std::span(operands.data(), call.inputs.size()));
  const LoopChoice choice = call.ufunc->choose(type);
  if (choice.loop == nullptr) raise_no_loop(*call.ufunc, type);
  return choice;
}

Dims shape_of(const UfuncOperand& in) { return in.array != nullptr ? in.array->shape() : Dims{}; }

[[noreturn]] void raise_broadcast(const UfuncCall& call) {
  std::string text = "operands could not be broadcast together with shapes ";
  for (const UfuncOperand& in : call.inputs) text += text_of(shape_of(in)) + " ";
  if (call.out != nullptr) text += text_of(call.out->shape()) + " ";
  python::raise("ValueError", text);
}

Dims result_shape(const UfuncCall& call) {
  std::vector<Dims> shapes;
  for (const UfuncOperand& in : call.inputs) shapes.push_back(shape_of(in));
  const auto inputs = broadcast_shapes(shapes);
  if (!inputs) raise_broadcast(call);
  if (call.out == nullptr) return *inputs;
  shapes.push_back(call.out->shape());
  const auto all = broadcast_shapes(shapes);
  if (!all) raise_broadcast(call);
  if (*all != call.out->shape()) {
    python::raise("ValueError", "non-broadcastable output operand with shape " +
                                    text_of(call.out->shape()) +
                                    " doesn't match the broadcast shape " + text_of(*all));
  }
  return *all;
}

void check_output(const UfuncCall& call, const LoopChoice& choice) {
  if (call.out == nullptr) return;
  if (!can_cast(choice.out, call.out->dtype().type(), Casting::same_kind)) {
    python::raise("numpy.core._exceptions._UFuncOutputCastingError",
                  "Cannot cast ufunc '" + std::string(call.ufunc->name) + "' output from " +
                      DType(choice.out).repr() + " to " + call.out->dtype().repr() +
                      " with casting rule 'same_kind'");
  }
  if (!call.out->is_writeable()) python::raise("ValueError", "output array is read-only");
}

// All inputs without axes: computed on the host, nothing touched.
Value on_the_host(Context& context, const UfuncCall& call, const LoopChoice& choice) {
  std::array<Number, 2> in;
  std::array<std::byte*, 3> pointers{};
  for (std::size_t k = 0; k < call.inputs.size(); ++k) {
    in[k] = call.inputs[k].number.converted_to(choice.in);
    pointers[k] = const_cast<std::byte*>(in[k].bytes());  // only read
  }
  alignas(8) std::byte out[8] = {};
  pointers[call.inputs.size()] = out;
  const std::array<std::int64_t, 3> strides{};
  const FloatErrors errors;
  if (!choice.loop(pointers.data(), strides.data(), 1)) {
    python::raise("ValueError", "Integers to negative integer powers are not allowed.");
  }
  if (reports_float_errors(*call.ufunc, choice)) errors.warn(context, call.ufunc->name);
  return make_scalar(Number::read(out, DType(choice.out)));
}

// A new output lies in memory as the inputs do (order='K').
Value new_output(Context& context, DType dtype, std::span<const WalkOperand> inputs,
                 const Dims& shape) {
  const Dims order = nditer_axis_order(inputs, shape.size());
  return new_array_in_order(context, dtype, shape, order);
}

bool overlaps_input(const NdArray& out, std::span<const UfuncOperand> inputs) {
  return std::ranges::any_of(inputs, [&](const UfuncOperand& in) {
    if (in.array == nullptr || !may_share_memory(*in.array, out)) return false;
    return in.array->data() != out.data() || in.array->strides() != out.strides() ||
           in.array->shape() != out.shape() || in.array->itemsize() != out.itemsize();
  });
}

}  // namespace

Value call_ufunc(Context& context, const UfuncCall& call) {
  const LoopChoice choice = resolve(call);
  check_output(call, choice);
  const bool no_arrays =
      std::ranges::all_of(call.inputs, [](const UfuncOperand& in) { return in.array == nullptr; });
  if (no_arrays && call.out == nullptr) return on_the_host(context, call, choice);

  const Dims shape = result_shape(call);
  std::vector<ElementwiseOperand> operands;
  std::vector<WalkOperand> input_walks;
  std::vector<Number> constants(call.inputs.size());
  for (std::size_t k = 0; k < call.inputs.size(); ++k) {
    const UfuncOperand& in = call.inputs[k];
    ElementwiseOperand o{choice.in, nullptr, DType(choice.in), {}};
    if (in.array == nullptr) {
      constants[k] = in.number.converted_to(choice.in);
      o.constant = &constants[k];
    } else {
      o.stored = in.array->dtype();
      o.walk = read_of(*in.array);
      o.walk.strides = *broadcast_strides(in.array->shape(), in.array->strides(), shape);
      input_walks.push_back(o.walk);
    }
    operands.push_back(o);
  }
  const bool through_copy = call.out != nullptr && overlaps_input(*call.out, call.inputs);
  const Value made = call.out == nullptr || through_copy
                         ? new_output(context, DType(choice.out), input_walks, shape)
                         : Value();
  NdArray& out = made.is_bound() ? *array_if(made) : *call.out;
  operands.push_back({choice.out, nullptr, out.dtype(), write_of(out)});

  const FloatErrors errors;
  const LoopEnd end = run_elementwise(context, operands, shape, choice.loop);
  if (end == LoopEnd::negative_power) {
    python::raise("ValueError", "Integers to negative integer powers are not allowed.");
  }
  if (reports_float_errors(*call.ufunc, choice)) errors.warn(context, call.ufunc->name);
  if (through_copy) copy_elements(context, *call.out, out);
  return call.out != nullptr ? call.out_value : made;
}

std::optional<UfuncOperand> ufunc_operand(Context& context, const Value& value) {
  UfuncOperand operand;
  operand.value = value;
  operand.is_python_scalar = !value.is_object();
  if (const auto number = number_of(value)) {
    operand.number = *number;
    return operand;
  }
  if (!value.is_object()) return std::nullopt;
  operand.array = array_if(value);
  if (operand.array == nullptr) {
    if (!python::as_sequence(value) && value.get_if<python::RangeObject>() == nullptr) {
      return std::nullopt;
    }
    operand.value = array_from(context, value);
    operand.array = array_if(operand.value);
  }
  if (operand.array->ndim() == 0) {
    std::byte item[8];
    load(context, operand.array->data(), std::span(item, operand.array->dtype().itemsize()));
    operand.number = Number::read(item, operand.array->dtype());
    operand.array = nullptr;
  }
  return operand;
}

void raise_text_operand(const Ufunc& ufunc, DType other, std::string_view text, python::Side side) {
  static constexpr std::string_view kResolvedBySignature[] = {
      "add",  "subtract",   "multiply", "equal",        "not_equal",
      "less", "less_equal", "greater",  "greater_equal"};
  const std::string name(ufunc.name);
  if (std::ranges::find(kResolvedBySignature, ufunc.name) == std::end(kResolvedBySignature)) {
    python::raise("TypeError",
                  "ufunc '" + name +
                      "' not supported for the input types, and the inputs could not be safely "
                      "coerced to any supported types according to the casting rule ''safe''");
  }
  const auto letters = std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; });
  const std::string text_dtype =
      "dtype('<U" + std::to_string(std::max<std::int64_t>(letters, 1)) + "')";
  const std::string types = side == python::Side::left ? other.repr() + ", " + text_dtype
                                                       : text_dtype + ", " + other.repr();
  python::raise("numpy.core._exceptions._UFuncNoLoopError",
                "ufunc '" + name + "' did not contain a loop with signature matching types (" +
                    types + ") -> None");
}

Value call_ufunc(Context& context, std::string_view name, std::initializer_list<Value> inputs) {
  std::vector<UfuncOperand> operands;
  for (const Value& v : inputs) {
    const auto operand = ufunc_operand(context, v);
    if (!operand) {
      python::raise("TypeError",
                    "ufunc '" + std::string(name) +
                        "' not supported for the input types, and the inputs could not be safely "
                        "coerced to any supported types according to the casting rule ''safe''");
    }
    operands.push_back(*operand);
  }
  return call_ufunc(context, {.ufunc = find_ufunc(name), .inputs = operands});
}

}  // namespace numpy
