// Walks the tree once to collect bindings and uses, then resolves what inner functions capture.

#include "scenarios/python/scopes.h"

#include <algorithm>

#include "scenarios/python/compile_failure.h"

namespace python {

void Scope::bind(const std::string& name) {
  if (bound_set.insert(name).second) bound.push_back(name);
}

bool Scope::has_free(std::string_view name) const {
  return std::find(free.begin(), free.end(), name) != free.end();
}

Place Scope::place_of(const std::string& name) const {
  if (kind == Kind::module || globals.contains(name)) return Place::global;
  if (has_free(name)) return Place::cell;
  if (!bound_set.contains(name)) return Place::global;
  return cells.contains(name) ? Place::cell : Place::local;
}

namespace {

using ScopeMap = std::map<const Node*, std::unique_ptr<Scope>>;

bool is_comprehension(NodeKind kind) {
  return kind == NodeKind::list_comprehension || kind == NodeKind::set_comprehension ||
         kind == NodeKind::dict_comprehension || kind == NodeKind::generator;
}

class Walker {
 public:
  explicit Walker(ScopeMap& scopes) : scopes_(scopes) {}

  void module(const std::vector<NodePtr>& program) {
    scope_ = open(nullptr, Scope::Kind::module);
    all(program);
  }

 private:
  Scope* open(const Node* node, Scope::Kind kind) {
    auto scope = std::make_unique<Scope>();
    scope->kind = kind;
    scope->node = node;
    scope->parent = scope_;
    Scope* result = scope.get();
    scopes_[node] = std::move(scope);
    return result;
  }

  void all(const std::vector<NodePtr>& nodes) {
    for (const NodePtr& node : nodes) {
      if (node) visit(*node);
    }
  }

  void blocks(const Node& node) {
    if (!node.extras) return;
    all(node.extras->body);
    all(node.extras->otherwise);
    all(node.extras->finally);
  }

  void visit(const Node& node) {
    switch (node.kind) {
      case NodeKind::name: scope_->used.insert(node.text); return;
      case NodeKind::walrus: walrus(node); return;
      case NodeKind::yield: yield(node); return;
      case NodeKind::lambda: function(node, 1); return;
      case NodeKind::function:
        bind_value(node.text);
        function(node, 0);
        return;
      case NodeKind::class_def: class_definition(node); return;
      case NodeKind::assign: assignment(node); return;
      case NodeKind::augmented:
        visit(*node.items[1]);
        target(*node.items[0]);
        if (node.items[0]->kind == NodeKind::name) scope_->used.insert(node.items[0]->text);
        return;
      case NodeKind::annotated:
        if (node.items[1]) visit(*node.items[1]);
        target(*node.items[0]);
        return;
      case NodeKind::del:
        for (const NodePtr& item : node.items) target(*item);
        return;
      case NodeKind::for_loop:
        visit(*node.items[1]);
        target(*node.items[0]);
        blocks(node);
        return;
      case NodeKind::with: with(node); return;
      case NodeKind::handler:
        all(node.items);
        if (!node.text.empty()) bind_value(node.text);
        blocks(node);
        return;
      case NodeKind::import:
      case NodeKind::import_from: import(node); return;
      case NodeKind::global_names: declare(node, scope_->globals, "global"); return;
      case NodeKind::nonlocal_names: nonlocal(node); return;
      default: break;
    }
    if (is_comprehension(node.kind)) return comprehension(node);
    all(node.items);
    blocks(node);
  }

  void target(const Node& node) {
    if (node.kind == NodeKind::name) {
      bind_value(node.text);
    } else if (node.kind == NodeKind::tuple || node.kind == NodeKind::list ||
               node.kind == NodeKind::starred) {
      for (const NodePtr& item : node.items) target(*item);
    } else {
      visit(node);
    }
  }

  void assignment(const Node& node) {
    visit(*node.items.back());
    for (std::size_t i = 0; i + 1 < node.items.size(); ++i) target(*node.items[i]);
  }

  void with(const Node& node) {
    for (std::size_t i = 0; i < node.items.size(); i += 2) {
      visit(*node.items[i]);
      if (node.items[i + 1]) target(*node.items[i + 1]);
    }
    blocks(node);
  }

  // A walrus binds in the function around the comprehensions it stands in.
  void walrus(const Node& node) {
    visit(*node.items[0]);
    Scope* holder = scope_;
    while (holder->node != nullptr && is_comprehension(holder->node->kind)) {
      holder->used.insert(node.text);
      holder = holder->parent;
    }
    if (holder != scope_) {
      if (holder->kind == Scope::Kind::class_body) {
        fail_syntax(node.line, node.column,
                    "assignment expression within a comprehension cannot be used in a class body");
      }
      Scope* inner = scope_;
      (holder->kind == Scope::Kind::module ? inner->globals : inner->nonlocals).insert(node.text);
    }
    holder->bind(node.text);
  }

  void yield(const Node& node) {
    if (scope_->kind != Scope::Kind::function) {
      fail_syntax(node.line, node.column, "'yield' outside function");
    }
    if (scope_->node != nullptr && is_comprehension(scope_->node->kind)) {
      fail_syntax(node.line, node.column, "'yield' inside " + comprehension_name());
    }
    scope_->has_yield = true;
    all(node.items);
  }

  std::string comprehension_name() const {
    switch (scope_->node->kind) {
      case NodeKind::set_comprehension: return "set comprehension";
      case NodeKind::dict_comprehension: return "dict comprehension";
      case NodeKind::generator: return "generator expression";
      default: return "list comprehension";
    }
  }

  // The first `skip` items belong to the inner scope.
  void function(const Node& node, std::size_t inner_items) {
    for (const FunctionParameter& parameter : node.extras->parameters) {
      if (parameter.default_value) visit(*parameter.default_value);
    }
    Scope* outer = scope_;
    scope_ = open(&node, Scope::Kind::function);
    for (const FunctionParameter& parameter : node.extras->parameters) {
      scope_->bind(parameter.name);
    }
    for (std::size_t i = 0; i < inner_items; ++i) visit(*node.items[i]);
    all(node.extras->body);
    scope_ = outer;
  }

  void class_definition(const Node& node) {
    all(node.items);
    bind_value(node.text);
    Scope* outer = scope_;
    scope_ = open(&node, Scope::Kind::class_body);
    all(node.extras->body);
    scope_ = outer;
  }

  // The first iterable is evaluated outside; everything else inside.
  void comprehension(const Node& node) {
    std::size_t first = 0;
    while (node.items[first]->kind != NodeKind::clause) ++first;
    visit(*node.items[first]->items[1]);
    Scope* outer = scope_;
    scope_ = open(&node, Scope::Kind::function);
    scope_->bind(".0");
    for (std::size_t i = first; i < node.items.size(); ++i) {
      const Node& clause = *node.items[i];
      target(*clause.items[0]);
      if (i > first) visit(*clause.items[1]);
      for (std::size_t k = 2; k < clause.items.size(); ++k) visit(*clause.items[k]);
    }
    for (std::size_t i = 0; i < first; ++i) {
      if (node.items[i]) visit(*node.items[i]);
    }
    if (node.kind == NodeKind::generator) scope_->has_yield = true;
    scope_ = outer;
  }

  void import(const Node& node) {
    for (const ImportedName& imported : node.extras->names) {
      std::string name = imported.as.empty() ? imported.name : imported.as;
      if (imported.as.empty() && node.kind == NodeKind::import) {
        name = name.substr(0, name.find('.'));
      }
      scope_->bind(name);
      std::string path = node.kind == NodeKind::import_from ? node.text + "." + imported.name
                         : imported.as.empty()              ? name
                                                            : imported.name;
      scope_->imported[name] = std::move(path);
    }
  }

  void bind_value(const std::string& name) {
    scope_->bind(name);
    scope_->assigned.insert(name);
  }

  void declare(const Node& node, std::set<std::string, std::less<>>& into, const char* word) {
    for (const ImportedName& declared : node.extras->names) {
      const std::string& name = declared.name;
      const auto refuse = [&](const std::string& what) {
        fail_syntax(node.line, node.column,
                    "name '" + name + "' is " + what + " " + word +
                        (what == "parameter and" ? "" : " declaration"));
      };
      if (scope_->kind == Scope::Kind::function && is_parameter(name)) refuse("parameter and");
      if (scope_->kind != Scope::Kind::module || into.contains(name)) {
        if (scope_->bound_set.contains(name)) refuse("assigned to before");
      }
      if (scope_->used.contains(name)) refuse("used prior to");
      into.insert(name);
    }
  }

  bool is_parameter(const std::string& name) const {
    if (scope_->node == nullptr || !scope_->node->extras) return false;
    const auto& parameters = scope_->node->extras->parameters;
    return std::any_of(parameters.begin(), parameters.end(),
                       [&](const FunctionParameter& p) { return p.name == name; });
  }

  void nonlocal(const Node& node) {
    if (scope_->kind == Scope::Kind::module) {
      fail_syntax(node.line, node.column, "nonlocal declaration not allowed at module level");
    }
    declare(node, scope_->nonlocals, "nonlocal");
    for (const ImportedName& declared : node.extras->names) {
      bool found = false;
      for (const Scope* s = scope_->parent; s != nullptr && !found; s = s->parent) {
        found = s->kind == Scope::Kind::function && s->bound_set.contains(declared.name);
      }
      if (!found) {
        fail_syntax(node.line, node.column,
                    "no binding for nonlocal '" + declared.name + "' found");
      }
    }
  }

  ScopeMap& scopes_;
  Scope* scope_ = nullptr;
};

// Makes `name` reach `scope` as a cell from the function that binds it, if one does.
void capture(Scope& scope, const std::string& name) {
  if (scope.globals.contains(name)) return;
  Scope* owner = scope.parent;
  while (owner != nullptr && owner->kind != Scope::Kind::module) {
    const bool binds = owner->kind == Scope::Kind::function && owner->bound_set.contains(name) &&
                       !owner->nonlocals.contains(name);
    if (owner->kind == Scope::Kind::function && owner->globals.contains(name)) return;
    if (binds) break;
    owner = owner->parent;
  }
  if (owner == nullptr || owner->kind == Scope::Kind::module) return;
  owner->cells.insert(name);
  for (Scope* s = &scope; s != owner; s = s->parent) {
    if (!s->has_free(name)) s->free.push_back(name);
  }
}

}  // namespace

ScopeTable::ScopeTable(const std::vector<NodePtr>& program) {
  Walker(scopes_).module(program);
  for (auto& [node, scope] : scopes_) {
    if (scope->kind == Scope::Kind::module) continue;
    for (const std::string& name : scope->used) {
      const bool own = scope->bound_set.contains(name) && !scope->nonlocals.contains(name);
      if (!own) capture(*scope, name);
    }
    for (const std::string& name : scope->nonlocals) capture(*scope, name);
  }
}

}  // namespace python
