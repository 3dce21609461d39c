// What native modules are written with: arguments, modules, types, hints.

#include "scenarios/python/native.h"

#include <doctest/doctest.h>

#include "scenarios/python/exception_object.h"
#include "tests/scenarios/python/run_program.h"

namespace python {
namespace {

constexpr Parameter kParameters[] = {{"x"}, {"y"}, {"z", Parameter::Need::optional}};

Value c_words(Context&, const Arguments& a) {
  const auto values = bind({.function = "f", .parameters = kParameters}, a);
  return make_tuple({values[0], values[1], values[2].is_bound() ? values[2] : make_str("none")});
}

Value python_words(Context&, const Arguments& a) {
  bind({.function = "g",
        .parameters = kParameters,
        .most_positional = 2,
        .words = Signature::Words::python_function},
       a);
  return Value::none();
}

Value axis_error(Context&, const Arguments&) {
  raise("numpy.AxisError", "axis 5 is out of bounds");
}
Value missing_file(Context&, const Arguments&) {
  const std::string name = "nope.bin";
  raise_os_error(2, &name);
}

std::vector<std::string_view> real_names() { return {"f", "fast", "flush"}; }

Value make_module(Context& context) {
  const Value module = make<ModuleObject>("tool", real_names);
  auto& object = *module.get_if<ModuleObject>();
  object.add("f", make_function("f", c_words));
  object.add("g", make_function("g", python_words));
  object.add("axis", make_function("axis", axis_error));
  object.add("missing", make_function("missing", missing_file));
  object.add("Kind", make_type(context, "Kind", "tool.Kind", nullptr));
  return module;
}

Ran run_with_tool(const std::string& source) {
  return run_program("import tool\n" + source, {}, {{"tool", make_module, nullptr, nullptr}});
}

TEST_CASE("arguments are sorted by position and by name") {
  CHECK(run_with_tool("print(tool.f(1, 2), tool.f(1, z=3, y=2), tool.f(y=1, x=0))").output ==
        "(1, 2, 'none') (1, 2, 3) (0, 1, 'none')\n");
}

TEST_CASE("wrong calls are told in the words of C or of Python functions") {
  const std::pair<const char*, const char*> kCases[] = {
      {"tool.f(1)", "f() missing required argument 'y' (pos 2)"},
      {"tool.f(1, 2, 3, 4)", "f() takes at most 3 arguments (4 given)"},
      {"tool.f(1, 2, w=3)", "'w' is an invalid keyword argument for f()"},
      {"tool.f(1, 2, x=3)", "argument for f() given by name ('x') and position (1)"},
      {"tool.g(1)", "g() missing 1 required positional argument: 'y'"},
      {"tool.g()", "g() missing 2 required positional arguments: 'x' and 'y'"},
      {"tool.g(1, 2, 3)", "g() takes 2 positional arguments but 3 were given"},
      {"tool.g(1, 2, w=3)", "g() got an unexpected keyword argument 'w'"},
      {"tool.g(1, 2, x=3)", "g() got multiple values for argument 'x'"},
  };
  for (const auto& [call, message] : kCases) {
    CAPTURE(call);
    CHECK(run_with_tool(call).error_line == std::string("TypeError: ") + message);
  }
}

TEST_CASE("a native exception has its dotted name and its bases") {
  CHECK(run_with_tool("tool.axis()").error_line == "numpy.AxisError: axis 5 is out of bounds");
  CHECK(
      run_with_tool("try:\n  tool.axis()\nexcept IndexError as e:\n  print(type(e).__name__, e)\n")
          .output == "AxisError axis 5 is out of bounds\n");
  CHECK(run_with_tool("tool.missing()").error_line ==
        "FileNotFoundError: [Errno 2] No such file or directory: 'nope.bin'");
  CHECK(run_with_tool("try:\n  tool.missing()\nexcept OSError as e:\n"
                      "  print(e.errno, e.strerror, e.filename)\n")
            .output == "2 No such file or directory nope.bin\n");
}

TEST_CASE("a missing name of a module is an AttributeError with the nearest real one") {
  CHECK(run_with_tool("tool.flash").error_line ==
        "AttributeError: module 'tool' has no attribute 'flash'. Did you mean: 'flush'?");
  CHECK(run_with_tool("tool.fast").state == RunState::unsupported);
}

TEST_CASE("a type of a module prints under its full name") {
  CHECK(run_with_tool("print(tool.Kind, tool.Kind.__name__)").output ==
        "<class 'tool.Kind'> Kind\n");
  CHECK(run_with_tool("tool.Kind()").error_line ==
        "TypeError: cannot create 'tool.Kind' instances");
}

TEST_CASE("every exception's bases exist") {
  for (const ExceptionKind& kind : exception_kinds()) {
    CAPTURE(kind.qualified_name);
    for (const std::string_view base : {kind.base, kind.second_base}) {
      if (!base.empty()) CHECK(find_exception_kind(base) != nullptr);
    }
  }
}

}  // namespace
}  // namespace python
