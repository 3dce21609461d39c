// Which names each function binds, and where every other name comes from.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/python/syntax_tree.h"

namespace python {

enum class Place : std::uint8_t { local, cell, global };

struct Scope {
  enum class Kind : std::uint8_t { module, function, class_body } kind = Kind::module;
  Scope* parent = nullptr;
  const Node* node = nullptr;
  std::vector<std::string> bound;  // in order of first binding
  std::set<std::string, std::less<>> bound_set;
  std::set<std::string, std::less<>> used;
  std::set<std::string, std::less<>> globals;    // declared
  std::set<std::string, std::less<>> nonlocals;  // declared
  std::set<std::string, std::less<>> cells;      // bound here, used in an inner function
  std::vector<std::string> free;  // bound in an outer function, used here or further in
  std::map<std::string, std::string, std::less<>> imported;  // name -> module or module.name
  std::set<std::string, std::less<>> assigned;               // bound by anything but an import
  bool has_yield = false;

  void bind(const std::string& name);
  bool has_free(std::string_view name) const;
  Place place_of(const std::string& name) const;
};

// The scopes of a program by the node that opens each (null: the module). Throws CompileFailure.
class ScopeTable {
 public:
  explicit ScopeTable(const std::vector<NodePtr>& program);
  Scope& of(const Node* node) { return *scopes_.at(node); }

 private:
  std::map<const Node*, std::unique_ptr<Scope>> scopes_;
};

}  // namespace python
