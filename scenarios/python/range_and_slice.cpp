// range and slice.

#include "scenarios/python/iterators.h"
#include "scenarios/python/method_table.h"
#include "scenarios/python/numbers.h"
#include "scenarios/python/sequences.h"

namespace python {

std::int64_t RangeObject::size() const {
  if (step_ > 0 ? start_ >= stop_ : start_ <= stop_) return 0;
  const std::uint64_t low = static_cast<std::uint64_t>(step_ > 0 ? start_ : stop_);
  const std::uint64_t high = static_cast<std::uint64_t>(step_ > 0 ? stop_ : start_);
  const std::uint64_t step =
      step_ > 0 ? static_cast<std::uint64_t>(step_) : ~static_cast<std::uint64_t>(step_) + 1;
  return static_cast<std::int64_t>((high - low - 1) / step + 1);
}

std::optional<Value> RangeObject::find_attribute(Context& context, std::string_view name) {
  if (name == "start") return Value::integer(start_);
  if (name == "stop") return Value::integer(stop_);
  if (name == "step") return Value::integer(step_);
  if (auto method = range_methods().bound(*this, name)) return method;
  return Object::find_attribute(context, name);
}

std::vector<std::string_view> RangeObject::attribute_names() const {
  return {"count", "index", "start", "step", "stop"};
}

Value RangeObject::call_method(Context& context, std::string_view name, const Arguments& a) {
  return range_methods().call(context, *this, name, a);
}

Value RangeObject::item(Context& context, const Value& key) {
  const std::int64_t length = size();
  if (const auto* slice = key.get_if<SliceObject>()) {
    const auto at = slice->indices(context, length);
    return make<RangeObject>(start_ + at.start * step_, start_ + at.stop * step_,
                             checked_multiply(step_, at.step));
  }
  const auto index = index_of(context, key);
  if (!index) {
    raise("TypeError", "range indices must be integers or slices, not " + python::type_name(key));
  }
  const std::int64_t at = *index < 0 ? *index + length : *index;
  if (at < 0 || at >= length) raise("IndexError", "range object index out of range");
  return Value::integer(start_ + at * step_);
}

namespace {

std::int64_t position_in(const RangeObject& range, const Value& wanted) {
  std::int64_t n = 0;
  if (is_whole(wanted)) {
    n = wanted.as_integer();
  } else if (wanted.is_real() &&
             wanted.as_real() == static_cast<double>(static_cast<std::int64_t>(wanted.as_real()))) {
    n = static_cast<std::int64_t>(wanted.as_real());
  } else {
    return -1;
  }
  const bool inside = range.step() > 0 ? n >= range.start() && n < range.stop()
                                       : n <= range.start() && n > range.stop();
  if (!inside || (n - range.start()) % range.step() != 0) return -1;
  return (n - range.start()) / range.step();
}

Value range_index(Context& context, Object& self, const Arguments& a) {
  const std::int64_t at = position_in(static_cast<RangeObject&>(self), a.positional[0]);
  if (at < 0) raise("ValueError", repr(context, a.positional[0]) + " is not in range");
  return Value::integer(at);
}

Value range_count(Context&, Object& self, const Arguments& a) {
  return Value::integer(position_in(static_cast<RangeObject&>(self), a.positional[0]) >= 0 ? 1 : 0);
}

constexpr Method kRangeMethods[] = {{"count", range_count, 1, 1}, {"index", range_index, 1, 1}};

}  // namespace

const MethodTable& range_methods() {
  static constexpr MethodTable kTable{"range", kRangeMethods};
  return kTable;
}

bool RangeObject::contains(Context&, const Value& wanted) {
  return position_in(*this, wanted) >= 0;
}

std::optional<Value> RangeObject::compare(Context&, CompareOp op, const Value& other) {
  const auto* that = other.get_if<RangeObject>();
  if (that == nullptr || (op != CompareOp::equal && op != CompareOp::not_equal)) {
    return std::nullopt;
  }
  const bool same =
      size() == that->size() &&
      (size() == 0 || (start_ == that->start_ && (size() == 1 || step_ == that->step_)));
  return Value::boolean(same == (op == CompareOp::equal));
}

Value RangeObject::iterate(Context&) { return make<RangeIterator>(start_, step_, size()); }

std::optional<std::uint64_t> RangeObject::hash(Context& context) {
  const Value length = Value::integer(size());
  const Value first = size() == 0 ? Value::none() : Value::integer(start_);
  const Value step = size() < 2 ? Value::none() : Value::integer(step_);
  return make_tuple({length, first, step}).as_object()->hash(context);
}

std::string RangeObject::repr(Context&) {
  std::string text = "range(" + std::to_string(start_) + ", " + std::to_string(stop_);
  if (step_ != 1) text += ", " + std::to_string(step_);
  return text + ")";
}

namespace {

std::int64_t slice_part(Context& context, const Value& v) {
  if (const auto index = index_of(context, v)) return *index;
  raise("TypeError", "slice indices must be integers or None or have an __index__ method");
}

}  // namespace

SliceObject::Indices SliceObject::indices(Context& context, std::int64_t length) const {
  Indices at;
  at.step = step_.is_none() ? 1 : slice_part(context, step_);
  if (at.step == 0) raise("ValueError", "slice step cannot be zero");
  const bool back = at.step < 0;
  const auto clip = [&](const Value& part, std::int64_t otherwise) {
    if (part.is_none()) return otherwise;
    std::int64_t n = slice_part(context, part);
    if (n < 0) {
      n += length;
      if (n < 0) n = back ? -1 : 0;
    } else if (n >= length) {
      n = back ? length - 1 : length;
    }
    return n;
  };
  at.start = clip(start_, back ? length - 1 : 0);
  at.stop = clip(stop_, back ? -1 : length);
  if (back ? at.stop < at.start : at.start < at.stop) {
    at.count =
        back ? (at.start - at.stop - 1) / -at.step + 1 : (at.stop - at.start - 1) / at.step + 1;
  }
  return at;
}

std::optional<Value> SliceObject::find_attribute(Context& context, std::string_view name) {
  if (name == "start") return start_;
  if (name == "stop") return stop_;
  if (name == "step") return step_;
  if (name == "indices") return make<BoundNativeMethod>(Value::object(this), "indices");
  return Object::find_attribute(context, name);
}

Value SliceObject::call_method(Context& context, std::string_view name, const Arguments& a) {
  if (name != "indices") return Object::call_method(context, name, a);
  expect_positional("indices", a, 1, 1);
  const Indices at = indices(context, to_index(context, a.positional[0]));
  return make_tuple({Value::integer(at.start), Value::integer(at.stop), Value::integer(at.step)});
}

std::optional<Value> SliceObject::compare(Context& context, CompareOp op, const Value& other) {
  const auto* that = other.get_if<SliceObject>();
  if (that == nullptr) return std::nullopt;
  const Value mine[] = {start_, stop_, step_};
  const Value theirs[] = {that->start_, that->stop_, that->step_};
  return compare_sequences(context, op, mine, theirs);
}

std::string SliceObject::repr(Context& context) {
  return "slice(" + python::repr(context, start_) + ", " + python::repr(context, stop_) + ", " +
         python::repr(context, step_) + ")";
}

Object* SliceObject::clone(Cloner& cloner) {
  auto* copy = new SliceObject({}, {}, {});
  cloner.later(start_, copy->start_);
  cloner.later(stop_, copy->stop_);
  cloner.later(step_, copy->step_);
  return copy;
}

}  // namespace python
