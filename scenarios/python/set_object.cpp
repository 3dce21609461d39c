// set: the table (CPython's probing) and its methods.

#include "scenarios/python/set_object.h"

#include "scenarios/python/exception_object.h"
#include "scenarios/python/iterators.h"
#include "scenarios/python/method_table.h"
#include "scenarios/python/sequences.h"

namespace python {

namespace {

constexpr std::size_t kLinearProbes = 9;  // CPython's LINEAR_PROBES
constexpr unsigned kPerturbShift = 5;

}  // namespace

void SetObject::visit_held(const HeldVisitor& visit) {
  for (Slot& slot : table_) visit(slot.key);
}

// CPython's set_add_entry and set_lookkey: runs of neighbouring slots, then a perturbed jump.
std::size_t SetObject::find(Context& context, const Value& key, std::uint64_t hash) {
  const std::size_t mask = table_.size() - 1;
  std::uint64_t perturb = hash;
  std::size_t i = hash & mask;
  for (;;) {
    const std::size_t probes = i + kLinearProbes <= mask ? kLinearProbes : 0;
    for (std::size_t k = i; k <= i + probes; ++k) {
      const Slot& slot = table_[k];
      if (!slot.key.is_bound()) {
        if (!slot.was_used) return k;
        continue;
      }
      if (slot.hash == hash && equal(context, slot.key, key)) return k;
    }
    perturb >>= kPerturbShift;
    i = (i * 5 + 1 + perturb) & mask;
  }
}

bool SetObject::has(Context& context, const Value& key) {
  return table_[find(context, key, hash_of(context, key))].key.is_bound();
}

void SetObject::insert(Context& context, const Value& key) {
  const std::uint64_t hash = hash_of(context, key);
  Slot& slot = table_[find(context, key, hash)];
  if (slot.key.is_bound()) return;
  context.cycles.given(link_, key);
  slot = {hash, key, true};
  ++used_;
  ++filled_;
  if (static_cast<std::size_t>(filled_) * 5 >= (table_.size() - 1) * 3) grow();
}

void SetObject::grow() {
  const auto used = static_cast<std::size_t>(used_);
  resize(used > 50000 ? used * 2 : used * 4);
}

// To a table of more than `wanted` slots.
void SetObject::resize(std::size_t wanted) {
  std::size_t size = 8;
  while (size <= wanted) size *= 2;
  std::vector<Slot> old = std::move(table_);
  table_.assign(size, {});
  for (Slot& slot : old) {
    if (slot.key.is_bound()) insert_clean(std::move(slot));
  }
  filled_ = used_;
}

// Requires: the key is not in the table, and nothing was deleted from it.
void SetObject::insert_clean(Slot slot) {
  const std::size_t mask = table_.size() - 1;
  std::uint64_t perturb = slot.hash;
  std::size_t i = slot.hash & mask;
  for (;;) {
    const std::size_t probes = i + kLinearProbes <= mask ? kLinearProbes : 0;
    for (std::size_t k = i; k <= i + probes; ++k) {
      if (table_[k].key.is_bound()) continue;
      table_[k] = std::move(slot);
      return;
    }
    perturb >>= kPerturbShift;
    i = (i * 5 + 1 + perturb) & mask;
  }
}

// CPython's set_merge: which table results decides the order of iteration.
void SetObject::merge(Context& context, const SetObject& other) {
  if (&other == this || other.used_ == 0) return;
  if (static_cast<std::size_t>(filled_ + other.used_) * 5 >= (table_.size() - 1) * 3) {
    resize(static_cast<std::size_t>(used_ + other.used_) * 2);
  }
  if (filled_ != 0) {
    for (const Value& key : other.keys()) insert(context, key);
    return;
  }
  if (table_.size() == other.table_.size() && other.filled_ == other.used_) {
    table_ = other.table_;
  } else {
    for (const Slot& slot : other.table_) {
      if (slot.key.is_bound()) insert_clean(slot);
    }
  }
  used_ = filled_ = other.used_;
}

// CPython's set_difference_update: a table with many deleted slots is made anew.
void SetObject::take_away(Context& context, const SetObject& other) {
  for (const Value& key : other.keys()) erase(context, key);
  if (static_cast<std::size_t>(filled_ - used_) > (table_.size() - 1) / 4) grow();
}

// Keys that both have go, the others come in.
void SetObject::toggle(Context& context, const SetObject& other) {
  for (const Value& key : other.keys()) {
    if (!erase(context, key)) insert(context, key);
  }
}

bool SetObject::erase(Context& context, const Value& key) {
  Slot& slot = table_[find(context, key, hash_of(context, key))];
  if (!slot.key.is_bound()) return false;
  const Value gone = std::move(slot.key);
  slot.key = Value();
  --used_;
  return true;
}

void SetObject::clear() {
  std::vector<Slot> gone(8);
  gone.swap(table_);
  used_ = filled_ = 0;
}

std::vector<Value> SetObject::keys() const {
  std::vector<Value> result;
  for (const Slot& slot : table_) {
    if (slot.key.is_bound()) result.push_back(slot.key);
  }
  return result;
}

std::optional<Value> SetObject::find_attribute(Context& context, std::string_view name) {
  if (auto method = set_methods().bound(*this, name)) return method;
  return Object::find_attribute(context, name);
}

std::vector<std::string_view> SetObject::attribute_names() const { return set_methods().names(); }

Value SetObject::call_method(Context& context, std::string_view name, const Arguments& a) {
  return set_methods().call(context, *this, name, a);
}

bool SetObject::contains(Context& context, const Value& key) { return has(context, key); }

std::optional<Value> SetObject::binary(Context& context, BinaryOp op, const Value& other,
                                       Side side) {
  auto* that = other.get_if<SetObject>();
  if (that == nullptr || side == Side::right) return std::nullopt;
  const Value made = make<SetObject>();
  auto& result = *static_cast<SetObject*>(made.as_object());
  const auto add_those = [&](const SetObject& from, const auto& wanted) {
    for (const Value& key : from.keys()) {
      if (wanted(key)) result.insert(context, key);
    }
  };
  switch (op) {
    case BinaryOp::bit_or:
      result.merge(context, *this);
      result.merge(context, *that);
      break;
    case BinaryOp::bit_and: {
      SetObject& larger = that->used_ > used_ ? *that : *this;
      const SetObject& smaller = that->used_ > used_ ? *this : *that;
      add_those(smaller, [&](const Value& key) { return larger.has(context, key); });
      break;
    }
    case BinaryOp::subtract:
      if (used_ >> 2 > that->used_) {  // CPython copies a much larger set and takes away
        result.merge(context, *this);
        result.take_away(context, *that);
      } else {
        add_those(*this, [&](const Value& key) { return !that->has(context, key); });
      }
      break;
    case BinaryOp::bit_xor:
      result.merge(context, *that);
      result.toggle(context, *this);
      break;
    default: return std::nullopt;
  }
  return made;
}

std::optional<Value> SetObject::in_place(Context& context, BinaryOp op, const Value& other) {
  const auto* that = other.get_if<SetObject>();
  if (that == nullptr) return std::nullopt;
  const Value self = Value::object(this);
  switch (op) {
    case BinaryOp::bit_or: merge(context, *that); return self;
    case BinaryOp::subtract: take_away(context, *that); return self;
    case BinaryOp::bit_xor: toggle(context, *that); return self;
    case BinaryOp::bit_and: {
      const std::optional<Value> both = binary(context, op, other, Side::left);
      clear();
      merge(context, *both->get_if<SetObject>());
      return self;
    }
    default: return std::nullopt;
  }
}

std::optional<Value> SetObject::compare(Context& context, CompareOp op, const Value& other) {
  auto* that = other.get_if<SetObject>();
  if (that == nullptr) return std::nullopt;
  const auto within = [&](const SetObject& inner, SetObject& outer) {
    for (const Value& key : inner.keys()) {
      if (!outer.has(context, key)) return false;
    }
    return true;
  };
  switch (op) {
    case CompareOp::equal: return Value::boolean(used_ == that->used_ && within(*this, *that));
    case CompareOp::not_equal: return Value::boolean(used_ != that->used_ || !within(*this, *that));
    case CompareOp::less: return Value::boolean(used_ < that->used_ && within(*this, *that));
    case CompareOp::less_equal: return Value::boolean(within(*this, *that));
    case CompareOp::greater: return Value::boolean(used_ > that->used_ && within(*that, *this));
    case CompareOp::greater_equal: return Value::boolean(within(*that, *this));
  }
  return std::nullopt;
}

Value SetObject::iterate(Context&) { return make<ValuesIterator>(keys(), "set_iterator"); }

std::string SetObject::repr(Context& context) {
  if (used_ == 0) return "set()";
  return "{" + joined_reprs(context, keys()) + "}";
}

Object* SetObject::clone(Cloner& cloner) {
  auto* made = new SetObject();
  cloner.remember(*this, made);
  cloner.later([this, made, &cloner] {
    made->used_ = used_;
    made->filled_ = filled_;
    made->table_.clear();
    for (const Slot& slot : table_) {
      made->table_.push_back({slot.hash, cloner.copy(slot.key), slot.was_used});
    }
  });
  return made;
}

namespace {

SetObject& set_of(Object& self) { return static_cast<SetObject&>(self); }

Value as_set(Context& context, const Value& v) {
  if (v.get_if<SetObject>() != nullptr) return v;
  const Value made = make<SetObject>();
  for (const Value& key : collect(context, v)) set_of(*made.as_object()).insert(context, key);
  return made;
}

Value add(Context& context, Object& self, const Arguments& a) {
  set_of(self).insert(context, a.positional[0]);
  return Value::none();
}

Value discard(Context& context, Object& self, const Arguments& a) {
  set_of(self).erase(context, a.positional[0]);
  return Value::none();
}

Value remove(Context& context, Object& self, const Arguments& a) {
  if (!set_of(self).erase(context, a.positional[0])) raise_key_error(a.positional[0]);
  return Value::none();
}

Value pop(Context& context, Object& self, const Arguments&) {
  const std::vector<Value> keys = set_of(self).keys();
  if (keys.empty()) raise_key_error(make_str("pop from an empty set"));
  set_of(self).erase(context, keys[0]);
  return keys[0];
}

Value clear(Context&, Object& self, const Arguments&) {
  set_of(self).clear();
  return Value::none();
}

Value copy(Context& context, Object& self, const Arguments&) {
  const Value made = make<SetObject>();
  set_of(*made.as_object()).merge(context, set_of(self));
  return made;
}

Value update(Context& context, Object& self, const Arguments& a) {
  for (const Value& source : a.positional) {
    if (const auto* other = source.get_if<SetObject>()) {
      set_of(self).merge(context, *other);
      continue;
    }
    for (const Value& key : collect(context, source)) set_of(self).insert(context, key);
  }
  return Value::none();
}

template <BinaryOp op>
Value combined(Context& context, Object& self, const Arguments& a) {
  Value result = copy(context, self, {});
  for (const Value& other : a.positional) {
    result = *set_of(*result.as_object()).binary(context, op, as_set(context, other), Side::left);
  }
  return result;
}

template <CompareOp op>
Value related(Context& context, Object& self, const Arguments& a) {
  return *set_of(self).compare(context, op, as_set(context, a.positional[0]));
}

Value isdisjoint(Context& context, Object& self, const Arguments& a) {
  for (const Value& key : collect(context, a.positional[0])) {
    if (set_of(self).has(context, key)) return Value::boolean(false);
  }
  return Value::boolean(true);
}

constexpr Method kMethods[] = {
    {"add", add, 1, 1, false, Method::Cost::own},
    {"clear", clear, 0, 0},
    {"copy", copy, 0, 0},
    {"difference", combined<BinaryOp::subtract>, 0, 99},
    {"discard", discard, 1, 1, false, Method::Cost::own},
    {"intersection", combined<BinaryOp::bit_and>, 0, 99},
    {"isdisjoint", isdisjoint, 1, 1},
    {"issubset", related<CompareOp::less_equal>, 1, 1},
    {"issuperset", related<CompareOp::greater_equal>, 1, 1},
    {"pop", pop, 0, 0, false, Method::Cost::own},
    {"remove", remove, 1, 1, false, Method::Cost::own},
    {"symmetric_difference", combined<BinaryOp::bit_xor>, 1, 1},
    {"union", combined<BinaryOp::bit_or>, 0, 99},
    {"update", update, 0, 99, false, Method::Cost::own},
};

}  // namespace

const MethodTable& set_methods() {
  static constexpr MethodTable kTable{"set", kMethods};
  return kTable;
}

}  // namespace python
