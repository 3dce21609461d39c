// The iterators of built-in types.

#include "scenarios/python/iterators.h"

#include "scenarios/python/native.h"
#include "scenarios/python/utf8.h"

namespace python {

std::optional<Value> SequenceIterator::next(Context& context) {
  if (sequence_.is_none()) return std::nullopt;
  if (const auto items = as_sequence(sequence_)) {
    if (at_ < static_cast<std::int64_t>(items->size())) {
      return (*items)[static_cast<std::size_t>(at_++)];
    }
  } else if (const auto text = as_str(sequence_)) {
    if (byte_ < text->size()) {
      const std::size_t n = code_point_bytes((*text)[byte_]);
      byte_ += n;
      return make_str(std::string(text->substr(byte_ - n, n)));
    }
  } else if (at_ < *sequence_.as_object()->length(context)) {
    return sequence_.as_object()->item(context, Value::integer(at_++));
  }
  sequence_ = Value::none();
  return std::nullopt;
}

Object* SequenceIterator::clone(Cloner& cloner) {
  auto* copy = new SequenceIterator({}, name_);
  cloner.remember(*this, copy);
  copy->at_ = at_;
  copy->byte_ = byte_;
  cloner.later(sequence_, copy->sequence_);
  return copy;
}

namespace {

void copy_later(Cloner& cloner, const std::vector<Value>& from, std::vector<Value>& to) {
  to.resize(from.size());
  for (std::size_t i = 0; i < from.size(); ++i) cloner.later(from[i], to[i]);
}

}  // namespace

std::optional<Value> ValuesIterator::next(Context&) {
  if (at_ >= values_.size()) return std::nullopt;
  return std::move(values_[at_++]);
}

Object* ValuesIterator::clone(Cloner& cloner) {
  auto* copy = new ValuesIterator({}, name_);
  cloner.remember(*this, copy);
  copy->at_ = at_;
  copy_later(cloner, values_, copy->values_);
  return copy;
}

namespace {

const DictObject& dict_of(const Value& v) { return *static_cast<DictObject*>(v.as_object()); }

Value shown(const DictObject::Entry& entry, DictView::What what) {
  switch (what) {
    case DictView::What::keys: return entry.key;
    case DictView::What::values: return entry.value;
    case DictView::What::items: return make_tuple({entry.key, entry.value});
  }
  return {};
}

}  // namespace

std::string_view DictView::type_name() const {
  switch (what_) {
    case What::keys: return "dict_keys";
    case What::values: return "dict_values";
    case What::items: return "dict_items";
  }
  return "";
}

bool DictView::contains(Context& context, const Value& wanted) {
  auto& dict = *static_cast<DictObject*>(dict_.as_object());
  if (what_ == What::keys) return dict.get(context, wanted).is_bound();
  return Object::contains(context, wanted);
}

std::optional<std::int64_t> DictView::length(Context&) { return dict_of(dict_).size(); }

std::optional<Value> DictView::compare(Context& context, CompareOp op, const Value& other) {
  const bool equality = op == CompareOp::equal || op == CompareOp::not_equal;
  const auto* that = other.get_if<DictView>();
  if (!equality || that == nullptr || what_ == What::values || that->what_ == What::values) {
    return std::nullopt;
  }
  bool same = dict_of(dict_).size() == dict_of(that->dict_).size();
  for (const Value& item : collect(context, other)) same = same && contains(context, item);
  return Value::boolean(same == (op == CompareOp::equal));
}

std::optional<Value> DictView::binary(Context& context, BinaryOp op, const Value& other, Side) {
  const bool set_operation = op == BinaryOp::bit_and || op == BinaryOp::bit_or ||
                             op == BinaryOp::subtract || op == BinaryOp::bit_xor;
  if (!set_operation || what_ == What::values) return std::nullopt;
  (void)context;
  (void)other;
  throw Unsupported{"set operations on dict views", "set(d.keys()) and the other set"};
}

Value DictView::iterate(Context&) {
  return make<DictIterator>(dict_, what_, dict_of(dict_).size());
}

std::string DictView::repr(Context& context) {
  std::string text = std::string(type_name()) + "([";
  bool first = true;
  for (const DictObject::Entry& entry : dict_of(dict_).entries()) {
    if (!entry.key.is_bound()) continue;
    if (!first) text += ", ";
    first = false;
    text += python::repr(context, shown(entry, what_));
  }
  return text + "])";
}

Object* DictView::clone(Cloner& cloner) {
  auto* copy = new DictView({}, what_);
  cloner.later(dict_, copy->dict_);
  return copy;
}

std::string_view DictIterator::type_name() const {
  switch (what_) {
    case DictView::What::keys: return "dict_keyiterator";
    case DictView::What::values: return "dict_valueiterator";
    case DictView::What::items: return "dict_itemiterator";
  }
  return "";
}

std::optional<Value> DictIterator::next(Context&) {
  if (dict_.is_none()) return std::nullopt;
  const DictObject& dict = dict_of(dict_);
  if (dict.size() != size_) {
    size_ = -1;  // stays an error
    raise("RuntimeError", "dictionary changed size during iteration");
  }
  for (; at_ < dict.entries().size(); ++at_) {
    const DictObject::Entry& entry = dict.entries()[at_];
    if (!entry.key.is_bound()) continue;
    ++at_;
    return shown(entry, what_);
  }
  dict_ = Value::none();
  return std::nullopt;
}

Object* DictIterator::clone(Cloner& cloner) {
  auto* copy = new DictIterator({}, what_, size_);
  copy->at_ = at_;
  cloner.later(dict_, copy->dict_);
  return copy;
}

std::optional<Value> EnumerateIterator::next(Context& context) {
  std::optional<Value> item = next_of(context, iterator_);
  if (!item) return std::nullopt;
  return make_tuple({Value::integer(next_++), std::move(*item)});
}

Object* EnumerateIterator::clone(Cloner& cloner) {
  auto* copy = new EnumerateIterator({}, next_);
  cloner.later(iterator_, copy->iterator_);
  return copy;
}

std::optional<Value> ZipIterator::next(Context& context) {
  if (iterators_.empty()) return std::nullopt;
  std::vector<Value> items;
  for (std::size_t i = 0; i < iterators_.size(); ++i) {
    std::optional<Value> item = next_of(context, iterators_[i]);
    if (item) {
      items.push_back(std::move(*item));
      continue;
    }
    if (!strict_) return std::nullopt;
    if (i > 0) {
      raise("ValueError", "zip() argument " + std::to_string(i + 1) + " is shorter than argument" +
                              (i == 1 ? " 1" : "s 1-" + std::to_string(i)));
    }
    for (std::size_t k = 1; k < iterators_.size(); ++k) {
      if (next_of(context, iterators_[k])) {
        raise("ValueError", "zip() argument " + std::to_string(k + 1) + " is longer than argument" +
                                (k == 1 ? " 1" : "s 1-" + std::to_string(k)));
      }
    }
    return std::nullopt;
  }
  return make_tuple(std::move(items));
}

Object* ZipIterator::clone(Cloner& cloner) {
  auto* copy = new ZipIterator({}, strict_);
  copy_later(cloner, iterators_, copy->iterators_);
  return copy;
}

std::optional<Value> MapIterator::next(Context& context) {
  std::vector<Value> items;
  for (const Value& iterator : iterators_) {
    std::optional<Value> item = next_of(context, iterator);
    if (!item) return std::nullopt;
    items.push_back(std::move(*item));
  }
  return python::call(context, function_, {.positional = items});
}

Object* MapIterator::clone(Cloner& cloner) {
  auto* copy = new MapIterator({}, {});
  cloner.later(function_, copy->function_);
  copy_later(cloner, iterators_, copy->iterators_);
  return copy;
}

std::optional<Value> FilterIterator::next(Context& context) {
  while (std::optional<Value> item = next_of(context, iterator_)) {
    context.spend(1);
    const Value verdict =
        function_.is_none() ? *item : python::call(context, function_, {.positional = {&*item, 1}});
    if (python::truth(context, verdict)) return item;
  }
  return std::nullopt;
}

Object* FilterIterator::clone(Cloner& cloner) {
  auto* copy = new FilterIterator({}, {});
  cloner.later(function_, copy->function_);
  cloner.later(iterator_, copy->iterator_);
  return copy;
}

}  // namespace python
