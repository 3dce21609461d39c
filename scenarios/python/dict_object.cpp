// dict: the table. Its methods are in dict_methods.cpp.

#include "scenarios/python/dict_object.h"

#include <bit>

#include "scenarios/python/exception_object.h"
#include "scenarios/python/iterators.h"
#include "scenarios/python/method_table.h"
#include "scenarios/python/sequences.h"

namespace python {

DictObject::DictObject() { kind = ObjectKind::dict; }

void DictObject::visit_held(const HeldVisitor& visit) {
  for (Entry& entry : entries_) {
    visit(entry.key);
    visit(entry.value);
  }
}

std::int64_t DictObject::find(Context& context, const Value& key, std::uint64_t hash) {
  if (index_.empty()) return -1;
  const std::uint64_t mask = index_.size() - 1;
  for (std::uint64_t i = hash;; ++i) {
    const std::int32_t entry = index_[i & mask];
    if (entry < 0) return -1;
    const Entry& candidate = entries_[static_cast<std::size_t>(entry)];
    if (!candidate.key.is_bound() || candidate.hash != hash) continue;
    if (equal(context, candidate.key, key)) return entry;
  }
}

void DictObject::insert_index(std::uint64_t hash, std::int32_t entry) {
  const std::uint64_t mask = index_.size() - 1;
  std::uint64_t i = hash;
  while (index_[i & mask] >= 0) ++i;
  index_[i & mask] = entry;
}

// Drops the holes and makes room for twice what is there.
void DictObject::rebuild() {
  std::vector<Entry> kept;
  kept.reserve(static_cast<std::size_t>(used_) * 2);
  for (Entry& entry : entries_) {
    if (entry.key.is_bound()) kept.push_back(std::move(entry));
  }
  entries_ = std::move(kept);
  index_.assign(std::bit_ceil(std::max<std::size_t>(8, entries_.size() * 4)), -1);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    insert_index(entries_[i].hash, static_cast<std::int32_t>(i));
  }
}

Value DictObject::get(Context& context, const Value& key) {
  const std::int64_t at = find(context, key, hash_of(context, key));
  return at < 0 ? Value() : entries_[static_cast<std::size_t>(at)].value;
}

void DictObject::set(Context& context, const Value& key, Value value) {
  const std::uint64_t hash = hash_of(context, key);
  const std::int64_t at = find(context, key, hash);
  context.cycles.given(link_, key);
  context.cycles.given(link_, value);
  if (at >= 0) {
    entries_[static_cast<std::size_t>(at)].value = std::move(value);
    return;
  }
  if ((entries_.size() + 1) * 2 > index_.size()) rebuild();
  insert_index(hash, static_cast<std::int32_t>(entries_.size()));
  entries_.push_back({hash, key, std::move(value)});
  ++used_;
}

Value DictObject::remove(Context& context, const Value& key) {
  const std::int64_t at = find(context, key, hash_of(context, key));
  if (at < 0) return {};
  Entry& entry = entries_[static_cast<std::size_t>(at)];
  const Value gone = std::move(entry.key);
  entry.key = Value();
  --used_;
  return std::move(entry.value);
}

void DictObject::clear() {
  std::vector<Entry> gone;
  gone.swap(entries_);
  index_.clear();
  used_ = 0;
}

std::optional<Value> DictObject::find_attribute(Context& context, std::string_view name) {
  if (auto method = dict_methods().bound(*this, name)) return method;
  return Object::find_attribute(context, name);
}

std::vector<std::string_view> DictObject::attribute_names() const { return dict_methods().names(); }

Value DictObject::call_method(Context& context, std::string_view name, const Arguments& a) {
  return dict_methods().call(context, *this, name, a);
}

Value DictObject::item(Context& context, const Value& key) {
  Value value = get(context, key);
  if (!value.is_bound()) raise_key_error(key);
  return value;
}

void DictObject::set_item(Context& context, const Value& key, const Value& value) {
  set(context, key, value);
}

void DictObject::delete_item(Context& context, const Value& key) {
  if (!remove(context, key).is_bound()) raise_key_error(key);
}

bool DictObject::contains(Context& context, const Value& key) {
  return get(context, key).is_bound();
}

std::optional<Value> DictObject::binary(Context& context, BinaryOp op, const Value& other,
                                        Side side) {
  const auto* that = other.get_if<DictObject>();
  if (op != BinaryOp::bit_or || that == nullptr || side == Side::right) return std::nullopt;
  const Value merged = make_dict();
  auto* dict = static_cast<DictObject*>(merged.as_object());
  for (const DictObject* source : {static_cast<const DictObject*>(this), that}) {
    for (const Entry& entry : source->entries_) {
      if (entry.key.is_bound()) dict->set(context, entry.key, entry.value);
    }
  }
  return merged;
}

std::optional<Value> DictObject::in_place(Context& context, BinaryOp op, const Value& other) {
  const auto* that = other.get_if<DictObject>();
  if (op != BinaryOp::bit_or || that == nullptr) return std::nullopt;
  const std::vector<Entry> source = that->entries_;
  for (const Entry& entry : source) {
    if (entry.key.is_bound()) set(context, entry.key, entry.value);
  }
  return Value::object(this);
}

std::optional<Value> DictObject::compare(Context& context, CompareOp op, const Value& other) {
  auto* that = other.get_if<DictObject>();
  if (that == nullptr || (op != CompareOp::equal && op != CompareOp::not_equal)) {
    return std::nullopt;
  }
  bool same = used_ == that->used_;
  for (std::size_t i = 0; same && i < entries_.size(); ++i) {
    if (!entries_[i].key.is_bound()) continue;
    context.spend(1);
    const Value value = that->get(context, entries_[i].key);
    same = value.is_bound() && equal(context, entries_[i].value, value);
  }
  return Value::boolean(same == (op == CompareOp::equal));
}

Value DictObject::iterate(Context&) {
  return make<DictIterator>(Value::object(this), DictView::What::keys, used_);
}

std::string DictObject::repr(Context& context) {
  if (in_repr_) return "{...}";
  in_repr_ = true;
  std::string text = "{";
  try {
    for (const Entry& entry : entries_) {
      if (!entry.key.is_bound()) continue;
      context.spend(1);
      if (text.size() > 1) text += ", ";
      text += python::repr(context, entry.key) + ": " + python::repr(context, entry.value);
    }
  } catch (...) {
    in_repr_ = false;
    throw;
  }
  in_repr_ = false;
  return text + "}";
}

Object* DictObject::clone(Cloner& cloner) {
  auto* made = new DictObject();
  cloner.remember(*this, made);
  made->index_ = index_;
  made->used_ = used_;
  cloner.later([this, made, &cloner] {
    made->entries_.reserve(entries_.size());
    for (const Entry& entry : entries_) {
      made->entries_.push_back({entry.hash, cloner.copy(entry.key), cloner.copy(entry.value)});
    }
  });
  return made;
}

}  // namespace python
