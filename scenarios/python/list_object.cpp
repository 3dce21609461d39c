// list.

#include "scenarios/python/list_object.h"

#include <algorithm>

#include "scenarios/python/iterators.h"
#include "scenarios/python/method_table.h"
#include "scenarios/python/native_work.h"
#include "scenarios/python/sequences.h"

namespace python {

namespace {

std::vector<Value>& items_of(Object& self) { return static_cast<ListObject&>(self).items(); }

ListObject& list_of(Object& self) { return static_cast<ListObject&>(self); }

Value append(Context& context, Object& self, const Arguments& a) {
  list_of(self).given(context, a.positional);
  items_of(self).push_back(a.positional[0]);
  return Value::none();
}

Value extend(Context& context, Object& self, const Arguments& a) {
  std::vector<Value> more = collect(context, a.positional[0]);
  list_of(self).given(context, more);
  auto& items = items_of(self);
  items.insert(items.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
  return Value::none();
}

Value insert(Context& context, Object& self, const Arguments& a) {
  auto& items = items_of(self);
  const auto size = static_cast<std::int64_t>(items.size());
  std::int64_t at = to_index(context, a.positional[0]);
  if (at < 0) at += size;
  const std::int64_t behind = size - std::clamp<std::int64_t>(at, 0, size);
  spend_on_values(context, static_cast<std::uint64_t>(behind));
  list_of(self).given(context, a.positional.subspan(1));
  items.insert(items.begin() + std::clamp<std::int64_t>(at, 0, size), a.positional[1]);
  return Value::none();
}

Value pop(Context& context, Object& self, const Arguments& a) {
  auto& items = items_of(self);
  const auto size = static_cast<std::int64_t>(items.size());
  std::int64_t at = a.positional.empty() ? -1 : to_index(context, a.positional[0]);
  if (size == 0) raise("IndexError", "pop from empty list");
  if (at < 0) at += size;
  if (at < 0 || at >= size) raise("IndexError", "pop index out of range");
  spend_on_values(context, static_cast<std::uint64_t>(size - at));
  Value item = std::move(items[static_cast<std::size_t>(at)]);
  items.erase(items.begin() + at);
  return item;
}

Value remove(Context& context, Object& self, const Arguments& a) {
  auto& items = items_of(self);
  const std::int64_t at = index_in(context, items, a.positional[0], {});
  if (at < 0) raise("ValueError", "list.remove(x): x not in list");
  spend_on_values(context, items.size() - static_cast<std::size_t>(at));
  items.erase(items.begin() + at);
  return Value::none();
}

// Changes the items while the list has none, as CPython sorts: what a key function does to the list
// meanwhile is lost, and an error.
template <class Change>
void while_empty(ListObject& list, const Change& change) {
  std::vector<Value> items;
  items.swap(list.items());
  try {
    change(items);
  } catch (...) {
    items.swap(list.items());
    throw;
  }
  items.swap(list.items());
  if (!items.empty()) raise("ValueError", "list modified during sort");
}

Value sort(Context& context, Object& self, const Arguments& a) {
  static constexpr Parameter kParameters[] = {{"key", Parameter::Need::optional},
                                              {"reverse", Parameter::Need::optional}};
  const auto values =
      bind({.function = "sort", .parameters = kParameters, .most_positional = 0}, a);
  const bool reverse = values[1].is_bound() && truth(context, values[1]);
  while_empty(list_of(self), [&](std::vector<Value>& items) {
    if (!values[0].is_bound() || values[0].is_none()) return sort_values(context, items, reverse);
    std::vector<Value> keys;
    for (const Value& item : items) {
      keys.push_back(call(context, values[0], {.positional = {&item, 1}}));
    }
    sort_by_keys(context, items, keys, reverse);
  });
  return Value::none();
}

Value reverse(Context&, Object& self, const Arguments&) {
  std::reverse(items_of(self).begin(), items_of(self).end());
  return Value::none();
}

Value index(Context& context, Object& self, const Arguments& a) {
  const std::int64_t at = index_in(context, items_of(self), a.positional[0], a);
  if (at < 0) raise("ValueError", repr(context, a.positional[0]) + " is not in list");
  return Value::integer(at);
}

Value count(Context& context, Object& self, const Arguments& a) {
  return Value::integer(count_in(context, items_of(self), a.positional[0]));
}

Value copy(Context&, Object& self, const Arguments&) { return make_list(items_of(self)); }

Value clear(Context&, Object& self, const Arguments&) {
  std::vector<Value> gone;
  gone.swap(items_of(self));
  drop_backwards(gone);
  return Value::none();
}

constexpr Method kMethods[] = {
    {"append", append, 1, 1, false, Method::Cost::own},
    {"clear", clear, 0, 0},
    {"copy", copy, 0, 0},
    {"count", count, 1, 1, false, Method::Cost::own},
    {"extend", extend, 1, 1, false, Method::Cost::own},
    {"index", index, 1, 3, false, Method::Cost::own},
    {"insert", insert, 2, 2, false, Method::Cost::own},
    {"pop", pop, 0, 1, false, Method::Cost::own},
    {"remove", remove, 1, 1, false, Method::Cost::own},
    {"reverse", reverse, 0, 0},
    {"sort", sort, 0, 9, true, Method::Cost::own},
};

std::size_t checked_assignment_index(Context& context, const Value& key, std::int64_t size) {
  if (key.is_integer() && (key.as_integer() >= size || key.as_integer() < -size)) {
    raise("IndexError", "list assignment index out of range");
  }
  return checked_index(context, key, size, "list");
}

// Replaces the items that a slice picks.
void assign_slice(Context& context, std::vector<Value>& items, const SliceObject& slice,
                  std::vector<Value> values) {
  const auto at = slice.indices(context, static_cast<std::int64_t>(items.size()));
  if (at.step == 1) {
    if (static_cast<std::int64_t>(values.size()) != at.count) {
      spend_on_values(context, items.size() - static_cast<std::size_t>(at.start));
    }
    const std::int64_t stop = std::max(at.start, at.stop);
    items.erase(items.begin() + at.start, items.begin() + stop);
    items.insert(items.begin() + at.start, std::make_move_iterator(values.begin()),
                 std::make_move_iterator(values.end()));
    return;
  }
  if (static_cast<std::int64_t>(values.size()) != at.count) {
    raise("ValueError", "attempt to assign sequence of size " + std::to_string(values.size()) +
                            " to extended slice of size " + std::to_string(at.count));
  }
  for (std::int64_t i = 0; i < at.count; ++i) {
    items[static_cast<std::size_t>(at.start + i * at.step)] =
        std::move(values[static_cast<std::size_t>(i)]);
  }
}

}  // namespace

const MethodTable& list_methods() {
  static constexpr MethodTable kTable{"list", kMethods};
  return kTable;
}

ListObject::ListObject(std::vector<Value> items) : items_(std::move(items)) {
  kind = ObjectKind::list;
}

ListObject::~ListObject() { drop_backwards(items_); }

void ListObject::given(Context& context, std::span<const Value> more) {
  for (const Value& v : more) context.cycles.given(link_, v);
}

void ListObject::visit_held(const HeldVisitor& visit) {
  for (Value& item : items_) visit(item);
}

std::optional<Value> ListObject::find_attribute(Context& context, std::string_view name) {
  if (auto method = list_methods().bound(*this, name)) return method;
  return Object::find_attribute(context, name);
}

std::vector<std::string_view> ListObject::attribute_names() const { return list_methods().names(); }

Value ListObject::call_method(Context& context, std::string_view name, const Arguments& a) {
  return list_methods().call(context, *this, name, a);
}

Value ListObject::item(Context& context, const Value& key) {
  if (const auto* slice = key.get_if<SliceObject>()) {
    const auto at = slice->indices(context, static_cast<std::int64_t>(items_.size()));
    spend_on_values(context, static_cast<std::uint64_t>(at.count));
    std::vector<Value> picked;
    for (std::int64_t i = 0; i < at.count; ++i) {
      picked.push_back(items_[static_cast<std::size_t>(at.start + i * at.step)]);
    }
    return make_list(std::move(picked));
  }
  return items_[checked_index(context, key, static_cast<std::int64_t>(items_.size()), "list")];
}

void ListObject::set_item(Context& context, const Value& key, const Value& value) {
  if (const auto* slice = key.get_if<SliceObject>()) {
    const bool iterable = value.is_object();
    if (!iterable) {
      raise("TypeError", slice->step().is_none() ? "can only assign an iterable"
                                                 : "must assign iterable to extended slice");
    }
    std::vector<Value> values = collect(context, value);
    given(context, values);
    assign_slice(context, items_, *slice, std::move(values));
    return;
  }
  given(context, {&value, 1});
  const auto size = static_cast<std::int64_t>(items_.size());
  items_[checked_assignment_index(context, key, size)] = value;
}

void ListObject::delete_item(Context& context, const Value& key) {
  const auto size = static_cast<std::int64_t>(items_.size());
  if (const auto* slice = key.get_if<SliceObject>()) {
    const auto at = slice->indices(context, size);
    spend_on_values(context, items_.size());
    std::vector<Value> kept;
    for (std::int64_t i = 0; i < size; ++i) {
      const bool picked = at.count > 0 && (i - at.start) % at.step == 0 &&
                          (i - at.start) / at.step >= 0 && (i - at.start) / at.step < at.count;
      if (!picked) kept.push_back(std::move(items_[static_cast<std::size_t>(i)]));
    }
    items_.swap(kept);
    return;
  }
  const std::size_t at = checked_assignment_index(context, key, size);
  spend_on_values(context, items_.size() - at);
  items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(at));
}

bool ListObject::contains(Context& context, const Value& wanted) {
  return index_in(context, items_, wanted, {}) >= 0;
}

std::optional<Value> ListObject::binary(Context& context, BinaryOp op, const Value& other,
                                        Side side) {
  if (op == BinaryOp::add && side == Side::left) {
    const auto* that = other.get_if<ListObject>();
    if (that == nullptr) {
      if (other.is_object() && other.as_object()->operation_priority() > 0) return std::nullopt;
      raise("TypeError",
            "can only concatenate list (not \"" + python::type_name(other) + "\") to list");
    }
    std::vector<Value> all = items_;
    all.insert(all.end(), that->items_.begin(), that->items_.end());
    return make_list(std::move(all));
  }
  if (op != BinaryOp::multiply) return std::nullopt;
  const auto times = index_of(context, other);
  if (!times) {
    if (other.is_object() && other.as_object()->operation_priority() > 0) return std::nullopt;
    raise("TypeError", "can't multiply sequence by non-int of type " + quoted_type(other));
  }
  std::vector<Value> all;
  all.reserve(repeated_size(context, items_.size(), *times));
  for (std::int64_t i = 0; i < *times; ++i) all.insert(all.end(), items_.begin(), items_.end());
  return make_list(std::move(all));
}

std::optional<Value> ListObject::in_place(Context& context, BinaryOp op, const Value& other) {
  if (op == BinaryOp::add) {
    const Value argument = other;
    extend(context, *this, {.positional = {&argument, 1}});
    return Value::object(this);
  }
  if (op != BinaryOp::multiply || !index_of(context, other)) return std::nullopt;
  std::optional<Value> repeated = binary(context, op, other, Side::left);
  items_ = static_cast<ListObject*>(repeated->as_object())->items_;
  return Value::object(this);
}

std::optional<Value> ListObject::compare(Context& context, CompareOp op, const Value& other) {
  const auto* that = other.get_if<ListObject>();
  if (that == nullptr) return std::nullopt;
  return compare_sequences(context, op, items_, that->items_);
}

Value ListObject::iterate(Context&) {
  return make<SequenceIterator>(Value::object(this), "list_iterator");
}

std::string ListObject::repr(Context& context) {
  // A list inside itself shows as [...], as in CPython.
  if (in_repr_) return "[...]";
  in_repr_ = true;
  std::string text;
  try {
    text = "[" + joined_reprs(context, items_) + "]";
  } catch (...) {
    in_repr_ = false;
    throw;
  }
  in_repr_ = false;
  return text;
}

Object* ListObject::clone(Cloner& cloner) {
  auto* made = new ListObject();
  cloner.remember(*this, made);
  cloner.later([this, made, &cloner] {
    made->items_.reserve(items_.size());
    for (const Value& item : items_) made->items_.push_back(cloner.copy(item));
  });
  return made;
}

}  // namespace python
