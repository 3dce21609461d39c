// The methods of dict.

#include "scenarios/python/exception_object.h"
#include "scenarios/python/iterators.h"
#include "scenarios/python/method_table.h"
#include "scenarios/python/native_work.h"

namespace python {

namespace {

DictObject& dict_of(Object& self) { return static_cast<DictObject&>(self); }

Value get(Context& context, Object& self, const Arguments& a) {
  Value value = dict_of(self).get(context, a.positional[0]);
  if (value.is_bound()) return value;
  return a.positional.size() > 1 ? a.positional[1] : Value::none();
}

Value keys(Context&, Object& self, const Arguments&) {
  return make<DictView>(Value::object(&self), DictView::What::keys);
}

Value values(Context&, Object& self, const Arguments&) {
  return make<DictView>(Value::object(&self), DictView::What::values);
}

Value items(Context&, Object& self, const Arguments&) {
  return make<DictView>(Value::object(&self), DictView::What::items);
}

Value pop(Context& context, Object& self, const Arguments& a) {
  Value value = dict_of(self).remove(context, a.positional[0]);
  if (value.is_bound()) return value;
  if (a.positional.size() > 1) return a.positional[1];
  raise_key_error(a.positional[0]);
}

Value popitem(Context& context, Object& self, const Arguments&) {
  DictObject& dict = dict_of(self);
  for (std::size_t i = dict.entries().size(); i > 0; --i) {
    const Value key = dict.entries()[i - 1].key;
    if (!key.is_bound()) continue;
    Value value = dict.remove(context, key);
    return make_tuple({key, std::move(value)});
  }
  raise_key_error(make_str("popitem(): dictionary is empty"));
}

Value setdefault(Context& context, Object& self, const Arguments& a) {
  Value value = dict_of(self).get(context, a.positional[0]);
  if (value.is_bound()) return value;
  value = a.positional.size() > 1 ? a.positional[1] : Value::none();
  dict_of(self).set(context, a.positional[0], value);
  return value;
}

Value update(Context& context, Object& self, const Arguments& a) {
  if (a.positional.size() > 1) expect_positional("update", {.positional = a.positional}, 0, 1);
  if (!a.positional.empty()) update_dict(context, dict_of(self), a.positional[0]);
  for (const auto& [name, value] : a.keywords) {
    dict_of(self).set(context, make_str(std::string(name)), value);
  }
  return Value::none();
}

Value clear(Context&, Object& self, const Arguments&) {
  dict_of(self).clear();
  return Value::none();
}

Value copy(Context& context, Object& self, const Arguments&) {
  const Value made = make_dict();
  update_dict(context, *static_cast<DictObject*>(made.as_object()), Value::object(&self));
  return made;
}

constexpr Method kMethods[] = {
    {"clear", clear, 0, 0},
    {"copy", copy, 0, 0},
    {"get", get, 1, 2, false, Method::Cost::own},
    {"items", items, 0, 0, false, Method::Cost::own},
    {"keys", keys, 0, 0, false, Method::Cost::own},
    {"pop", pop, 1, 2, false, Method::Cost::own},
    {"popitem", popitem, 0, 0, false, Method::Cost::own},
    {"setdefault", setdefault, 1, 2, false, Method::Cost::own},
    {"update", update, 0, 9, true, Method::Cost::own},
    {"values", values, 0, 0, false, Method::Cost::own},
};

}  // namespace

const MethodTable& dict_methods() {
  static constexpr MethodTable kTable{"dict", kMethods};
  return kTable;
}

void raise_key_error(const Value& key) {
  throw Raised{make<ExceptionObject>(*find_exception_kind("KeyError"), std::vector<Value>{key})};
}

void update_dict(Context& context, DictObject& dict, const Value& from) {
  if (const auto* source = from.get_if<DictObject>()) {
    spend_on_whole(context, from);
    const std::vector<DictObject::Entry> entries = source->entries();
    for (const DictObject::Entry& entry : entries) {
      if (entry.key.is_bound()) dict.set(context, entry.key, entry.value);
    }
    return;
  }
  std::int64_t at = 0;
  for (const Value& item : collect(context, from)) {
    std::vector<Value> pair;
    if (!item.is_object()) {
      raise("TypeError", "cannot convert dictionary update sequence element #" +
                             std::to_string(at) + " to a sequence");
    }
    pair = collect(context, item);
    if (pair.size() != 2) {
      raise("ValueError", "dictionary update sequence element #" + std::to_string(at) +
                              " has length " + std::to_string(pair.size()) + "; 2 is required");
    }
    dict.set(context, pair[0], pair[1]);
    ++at;
  }
}

}  // namespace python
