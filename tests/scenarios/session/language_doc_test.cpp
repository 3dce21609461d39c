// docs/language.md lists just what the tables in the code hold. With PAGEWALK_UPDATE_DOCS set, the
// list is written anew.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/module.h"
#include "scenarios/numpy/random_generator.h"
#include "scenarios/python/builtins.h"
#include "scenarios/python/method_table.h"

namespace {

using Names = std::vector<std::string_view>;

std::string row(std::string_view what, Names names) {
  std::erase_if(names, [](std::string_view n) { return n.empty() || n.starts_with("_"); });
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::string text = fmt::format("| {} | ", what);
  for (const std::string_view name : names) text += fmt::format("`{}` ", name);
  return text + "|\n";
}

Names builtin_names() {
  Names names;
  for (const auto table :
       {python::builtin_functions(), python::iteration_functions(), python::builtin_types()}) {
    for (const python::Builtin& builtin : table) names.push_back(builtin.name);
  }
  return names;
}

std::string tables() {
  std::string text = "| what | names |\n|---|---|\n";
  text += row("built-in functions and types", builtin_names());
  text += row("`numpy`", numpy::module().supported_names());
  text += row("`os`", numpy::os_module().supported_names());
  text += row("methods of arrays", numpy::array_method_names());
  text += row("methods of `np.random.default_rng(seed)`", numpy::random_generator_methods());
  for (const python::MethodTable* table :
       {&python::str_methods(), &python::bytes_methods(), &python::list_methods(),
        &python::tuple_methods(), &python::dict_methods(), &python::set_methods()}) {
    text += row(fmt::format("methods of `{}`", table->type), table->names());
  }
  return text;
}

TEST_CASE("docs/language.md lists the names that the code knows, no more and no fewer") {
  const std::string path = std::string(PAGEWALK_ROOT) + "/docs/language.md";
  std::ifstream in(path);
  std::string doc{std::istreambuf_iterator<char>(in), {}};
  const std::string start = "<!-- tables -->\n";
  const auto from = doc.find(start);
  const auto to = doc.find("<!-- end of tables -->");
  REQUIRE(from != std::string::npos);
  REQUIRE(to != std::string::npos);
  const auto first = from + start.size();
  if (std::getenv("PAGEWALK_UPDATE_DOCS") != nullptr) {
    std::ofstream(path) << doc.substr(0, first) << tables() << doc.substr(to);
    return;
  }
  CHECK(doc.substr(first, to - first) == tables());
}

}  // namespace
