// The iterators of built-in types.

#pragma once

#include <string_view>

#include "scenarios/python/object.h"

namespace python {

class Iterator : public Object {
 public:
  Value iterate(Context&) final { return Value::object(this); }
  std::string repr(Context&) override { return "<" + std::string(type_name()) + " object>"; }
};

class RangeIterator final : public Iterator {
 public:
  RangeIterator(std::int64_t start, std::int64_t step, std::int64_t count)
      : next_(start), step_(step), left_(count) {
    kind = ObjectKind::range_iterator;
  }

  bool advance(std::int64_t& n) {
    if (left_ == 0) return false;
    n = next_;
    // The step after the last one may not fit; unsigned arithmetic keeps it harmless.
    next_ = static_cast<std::int64_t>(static_cast<std::uint64_t>(next_) +
                                      static_cast<std::uint64_t>(step_));
    --left_;
    return true;
  }

  std::string_view type_name() const override { return "range_iterator"; }
  std::optional<Value> next(Context&) override {
    std::int64_t n = 0;
    if (!advance(n)) return std::nullopt;
    return Value::integer(n);
  }
  std::optional<std::int64_t> length(Context&) override { return std::nullopt; }
  Object* clone(Cloner&) override { return new RangeIterator(next_, step_, left_); }

 private:
  std::int64_t next_, step_, left_;
};

// Over anything with an integer item(): lists (which may grow meanwhile), tuples, str, bytes.
class SequenceIterator final : public Iterator {
 public:
  SequenceIterator(Value sequence, std::string_view name)
      : sequence_(std::move(sequence)), name_(name) {}

  std::string_view type_name() const override { return name_; }
  std::optional<Value> next(Context&) override;
  Object* clone(Cloner&) override;

 private:
  Value sequence_;  // None once exhausted
  std::string_view name_;
  std::int64_t at_ = 0;
  std::size_t byte_ = 0;  // of a str
};

// Over a list of values made beforehand, in either direction: sets, reversed(), collected ones.
class ValuesIterator final : public Iterator {
 public:
  ValuesIterator(std::vector<Value> values, std::string_view name)
      : values_(std::move(values)), name_(name) {}

  std::string_view type_name() const override { return name_; }
  std::optional<Value> next(Context&) override;
  Object* clone(Cloner&) override;

 private:
  std::vector<Value> values_;
  std::string_view name_;
  std::size_t at_ = 0;
};

// What dict.keys(), values() and items() give, and their iterator.
class DictView final : public Object {
 public:
  enum class What : std::uint8_t { keys, values, items };
  DictView(Value dict, What what) : dict_(std::move(dict)), what_(what) {}

  std::string_view type_name() const override;
  bool contains(Context&, const Value&) override;
  std::optional<std::int64_t> length(Context&) override;
  bool truth(Context& context) override { return length(context) != 0; }
  std::optional<Value> compare(Context&, CompareOp, const Value& other) override;
  std::optional<Value> binary(Context&, BinaryOp, const Value& other, Side) override;
  Value iterate(Context&) override;
  std::string repr(Context&) override;
  Object* clone(Cloner&) override;

 private:
  Value dict_;
  What what_;
};

class DictIterator final : public Iterator {
 public:
  DictIterator(Value dict, DictView::What what, std::int64_t size)
      : dict_(std::move(dict)), what_(what), size_(size) {}

  std::string_view type_name() const override;
  std::optional<Value> next(Context&) override;
  Object* clone(Cloner&) override;

 private:
  Value dict_;
  DictView::What what_;
  std::size_t at_ = 0;
  std::int64_t size_;  // when it began
};

class EnumerateIterator final : public Iterator {
 public:
  EnumerateIterator(Value iterator, std::int64_t start)
      : iterator_(std::move(iterator)), next_(start) {}

  std::string_view type_name() const override { return "enumerate"; }
  std::optional<Value> next(Context&) override;
  Object* clone(Cloner&) override;

 private:
  Value iterator_;
  std::int64_t next_;
};

class ZipIterator final : public Iterator {
 public:
  ZipIterator(std::vector<Value> iterators, bool strict)
      : iterators_(std::move(iterators)), strict_(strict) {}

  std::string_view type_name() const override { return "zip"; }
  std::optional<Value> next(Context&) override;
  Object* clone(Cloner&) override;

 private:
  std::vector<Value> iterators_;
  bool strict_;
};

// map and filter with a native function; those with a function of the language run in the prelude.
class MapIterator final : public Iterator {
 public:
  MapIterator(Value function, std::vector<Value> iterators)
      : function_(std::move(function)), iterators_(std::move(iterators)) {}

  std::string_view type_name() const override { return "map"; }
  std::optional<Value> next(Context&) override;
  Object* clone(Cloner&) override;

 private:
  Value function_;
  std::vector<Value> iterators_;
};

class FilterIterator final : public Iterator {
 public:
  FilterIterator(Value function, Value iterator)
      : function_(std::move(function)), iterator_(std::move(iterator)) {}

  std::string_view type_name() const override { return "filter"; }
  std::optional<Value> next(Context&) override;
  Object* clone(Cloner&) override;

 private:
  Value function_;  // None: the item's own truth
  Value iterator_;
};

}  // namespace python
