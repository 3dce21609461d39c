// set_printoptions, get_printoptions, errstate, and arrays as text on request.

#include <array>

#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/numpy_state.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::Value;
using enum python::Parameter::Need;

constexpr Parameter kOptions[] = {{"precision", optional},
                                  {"threshold", optional},
                                  {"edgeitems", optional},
                                  {"linewidth", optional},
                                  {"suppress", optional}};

Value set_printoptions(Context& context, const Arguments& arguments) {
  const auto given = python::bind({.function = "set_printoptions",
                                   .parameters = kOptions,
                                   .words = python::Signature::Words::python_function},
                                  arguments);
  PrintOptions& options = state_of(context).print_options;
  if (is_given(given[0])) options.precision = int(python::to_index(context, given[0]));
  if (is_given(given[1])) {
    options.threshold = given[1].is_real() ? INT64_MAX : python::to_index(context, given[1]);
  }
  if (is_given(given[2])) options.edge_items = python::to_index(context, given[2]);
  if (is_given(given[3])) options.line_width = int(python::to_index(context, given[3]));
  if (is_given(given[4])) options.suppress = python::truth(context, given[4]);
  return Value::none();
}

OnFloatError on_error(Context& context, const Value& v) {
  const std::string text = python::to_text(context, v);
  if (text == "warn") return OnFloatError::warn;
  if (text == "ignore") return OnFloatError::ignore;
  if (text == "raise") return OnFloatError::raise;
  throw python::Unsupported{"errstate of '" + text + "'", "'warn', 'ignore' or 'raise'"};
}

// with np.errstate(divide="ignore"): ...
class ErrorState final : public python::Object {
 public:
  explicit ErrorState(FloatErrorSettings inside) : inside_(inside) {}
  std::string_view type_name() const override { return "errstate"; }
  std::string qualified_type_name() const override { return "numpy.errstate"; }
  std::string repr(Context&) override { return "<numpy.errstate object>"; }
  Value enter(Context& context) override {
    outside_ = state_of(context).float_errors;
    state_of(context).float_errors = inside_;
    return Value::none();
  }
  void leave(Context& context) override { state_of(context).float_errors = outside_; }
  python::Object* clone(python::Cloner&) override {
    auto* copy = new ErrorState(inside_);
    copy->outside_ = outside_;
    return copy;
  }

 private:
  FloatErrorSettings inside_;
  FloatErrorSettings outside_;
};

constexpr Parameter kErrors[] = {{"all", optional},
                                 {"divide", optional},
                                 {"over", optional},
                                 {"under", optional},
                                 {"invalid", optional}};

FloatErrorSettings settings_from(Context& context, const Arguments& arguments,
                                 std::string_view name) {
  const auto given = python::bind(
      {.function = name, .parameters = kErrors, .words = python::Signature::Words::python_function},
      arguments);
  FloatErrorSettings settings = state_of(context).float_errors;
  OnFloatError* const fields[] = {&settings.divide, &settings.over, &settings.under,
                                  &settings.invalid};
  for (std::size_t k = 0; k < 4; ++k) {
    if (is_given(given[0])) *fields[k] = on_error(context, given[0]);
    if (is_given(given[k + 1])) *fields[k] = on_error(context, given[k + 1]);
  }
  return settings;
}

Value errstate(Context& context, const Arguments& arguments) {
  return python::make<ErrorState>(settings_from(context, arguments, "errstate.__init__"));
}

Value seterr(Context& context, const Arguments& arguments) {
  const FloatErrorSettings settings = settings_from(context, arguments, "seterr");
  const FloatErrorSettings before = state_of(context).float_errors;
  state_of(context).float_errors = settings;
  const auto text = [](OnFloatError how) {
    return python::make_str(how == OnFloatError::warn     ? "warn"
                            : how == OnFloatError::ignore ? "ignore"
                                                          : "raise");
  };
  const Value old = python::make_dict();
  python::set_item(context, old, python::make_str("divide"), text(before.divide));
  python::set_item(context, old, python::make_str("over"), text(before.over));
  python::set_item(context, old, python::make_str("under"), text(before.under));
  python::set_item(context, old, python::make_str("invalid"), text(before.invalid));
  return old;
}

constexpr Parameter kText[] = {
    {"a"}, {"max_line_width", optional}, {"precision", optional}, {"suppress_small", optional}};

PrintOptions options_from(Context& context, const std::vector<Value>& given) {
  PrintOptions options = state_of(context).print_options;
  if (is_given(given[1])) options.line_width = int(python::to_index(context, given[1]));
  if (is_given(given[2])) options.precision = int(python::to_index(context, given[2]));
  if (is_given(given[3])) options.suppress = python::truth(context, given[3]);
  return options;
}

Value array_str_function(Context& context, const Arguments& arguments) {
  const auto given = python::bind({"array_str", kText}, arguments);
  const ArrayArgument a = array_argument(context, given[0]);
  return python::make_str(array_str(context, *a, options_from(context, given)));
}
Value array_repr_function(Context& context, const Arguments& arguments) {
  const auto given = python::bind({"array_repr", kText}, arguments);
  const ArrayArgument a = array_argument(context, given[0]);
  return python::make_str(array_repr(context, *a, "array", options_from(context, given)));
}

constexpr auto kFunctions = std::to_array<ModuleFunction>({{"set_printoptions", set_printoptions},
                                                           {"errstate", errstate},
                                                           {"seterr", seterr},
                                                           {"array_str", array_str_function},
                                                           {"array_repr", array_repr_function}});

}  // namespace

std::span<const ModuleFunction> settings_functions() { return kFunctions; }

}  // namespace numpy
