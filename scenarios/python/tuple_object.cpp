// tuple.

#include "scenarios/python/tuple_object.h"

#include "scenarios/python/iterators.h"
#include "scenarios/python/method_table.h"
#include "scenarios/python/native_work.h"
#include "scenarios/python/sequences.h"

namespace python {

namespace {

const std::vector<Value>& items_of(Object& self) { return static_cast<TupleObject&>(self).items(); }

Value index(Context& context, Object& self, const Arguments& a) {
  const std::int64_t at = index_in(context, items_of(self), a.positional[0], a);
  if (at < 0) raise("ValueError", "tuple.index(x): x not in tuple");
  return Value::integer(at);
}

Value count(Context& context, Object& self, const Arguments& a) {
  return Value::integer(count_in(context, items_of(self), a.positional[0]));
}

constexpr Method kMethods[] = {{"count", count, 1, 1, false, Method::Cost::own},
                               {"index", index, 1, 3, false, Method::Cost::own}};

}  // namespace

const MethodTable& tuple_methods() {
  static constexpr MethodTable kTable{"tuple", kMethods};
  return kTable;
}

TupleObject::TupleObject(std::vector<Value> items) : items_(std::move(items)) {
  kind = ObjectKind::tuple;
}

TupleObject::~TupleObject() { drop_backwards(items_); }

void TupleObject::visit_held(const HeldVisitor& visit) {
  for (Value& item : items_) visit(item);
}

std::optional<Value> TupleObject::find_attribute(Context& context, std::string_view name) {
  if (auto method = tuple_methods().bound(*this, name)) return method;
  return Object::find_attribute(context, name);
}

std::vector<std::string_view> TupleObject::attribute_names() const {
  return tuple_methods().names();
}

Value TupleObject::call_method(Context& context, std::string_view name, const Arguments& a) {
  return tuple_methods().call(context, *this, name, a);
}

Value TupleObject::item(Context& context, const Value& key) {
  if (const auto* slice = key.get_if<SliceObject>()) {
    const auto at = slice->indices(context, static_cast<std::int64_t>(items_.size()));
    spend_on_values(context, static_cast<std::uint64_t>(at.count));
    std::vector<Value> picked;
    for (std::int64_t i = 0; i < at.count; ++i) {
      picked.push_back(items_[static_cast<std::size_t>(at.start + i * at.step)]);
    }
    return make_tuple(std::move(picked));
  }
  return items_[checked_index(context, key, static_cast<std::int64_t>(items_.size()), "tuple")];
}

bool TupleObject::contains(Context& context, const Value& wanted) {
  return index_in(context, items_, wanted, {}) >= 0;
}

std::optional<Value> TupleObject::binary(Context& context, BinaryOp op, const Value& other,
                                         Side side) {
  if (op == BinaryOp::add && side == Side::left) {
    const auto* that = other.get_if<TupleObject>();
    if (that == nullptr) {
      if (other.is_object() && other.as_object()->operation_priority() > 0) return std::nullopt;
      raise("TypeError",
            "can only concatenate tuple (not \"" + python::type_name(other) + "\") to tuple");
    }
    std::vector<Value> all = items_;
    all.insert(all.end(), that->items_.begin(), that->items_.end());
    return make_tuple(std::move(all));
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
  return make_tuple(std::move(all));
}

std::optional<Value> TupleObject::compare(Context& context, CompareOp op, const Value& other) {
  const auto* that = other.get_if<TupleObject>();
  if (that == nullptr) return std::nullopt;
  return compare_sequences(context, op, items_, that->items_);
}

Value TupleObject::iterate(Context&) {
  return make<SequenceIterator>(Value::object(this), "tuple_iterator");
}

// CPython's tuplehash: xxHash's mixing of the items' hashes.
std::optional<std::uint64_t> TupleObject::hash(Context& context) {
  constexpr std::uint64_t kPrime1 = 11400714785074694791ULL;
  constexpr std::uint64_t kPrime2 = 14029467366897019727ULL;
  constexpr std::uint64_t kPrime5 = 2870177450012600261ULL;
  std::uint64_t sum = kPrime5;
  for (const Value& item : items_) {
    sum += hash_of(context, item) * kPrime2;
    sum = (sum << 31) | (sum >> 33);
    sum *= kPrime1;
  }
  sum += items_.size() ^ (kPrime5 ^ 3527539ULL);
  return sum == UINT64_MAX ? 1546275796 : sum;
}

std::string TupleObject::repr(Context& context) {
  return "(" + joined_reprs(context, items_) + (items_.size() == 1 ? ",)" : ")");
}

Object* TupleObject::clone(Cloner& cloner) {
  auto* made = new TupleObject();
  cloner.remember(*this, made);
  cloner.later([this, made, &cloner] {
    made->items_.reserve(items_.size());
    for (const Value& item : items_) made->items_.push_back(cloner.copy(item));
  });
  return made;
}

}  // namespace python
