// The language's operations over any values: what the bytecode executes and native code calls.
// They raise CPython's errors. None of them can run a function written in the language: the virtual
// machine does that, natives get Unsupported.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/python/context.h"
#include "scenarios/python/object.h"

namespace python {

Value binary_operation(Context&, BinaryOp, const Value& left, const Value& right);
Value in_place_operation(Context&, BinaryOp, const Value& target, const Value& other);
Value unary_operation(Context&, UnaryOp, const Value&);
// The result need not be a bool (arrays compare element by element).
Value compare_operation(Context&, CompareOp, const Value& left, const Value& right);

bool equal(Context&, const Value&, const Value&);  // truth of ==, identical values first
bool less(Context&, const Value&, const Value&);   // truth of <
bool is_identical(const Value&, const Value&);     // is
std::uint64_t hash_of(Context&, const Value&);     // raises TypeError: unhashable type: 'list'
bool contains(Context&, const Value& container, const Value&);

std::optional<Value> find_attribute(Context&, const Value&, std::string_view name);
Value get_attribute(Context&, const Value&, std::string_view name);
void set_attribute(Context&, const Value&, std::string_view name, const Value&);
Value call_method(Context&, const Value&, std::string_view name, const Arguments&);
Value call(Context&, const Value&, const Arguments&);

Value get_item(Context&, const Value& container, const Value& key);
void set_item(Context&, const Value& container, const Value& key, const Value&);
void delete_item(Context&, const Value& container, const Value& key);
std::int64_t length_of(Context&, const Value&);

Value iterate(Context&, const Value&);  // iter(x)
std::optional<Value> next_of(Context&, const Value& iterator);
std::vector<Value> collect(Context&, const Value& iterable);  // list(x)'s items

std::optional<std::int64_t> index_of(Context&, const Value&);  // int, bool or __index__
std::string format(Context&, const Value&, std::string_view spec);
std::string quoted_type(const Value&);  // 'int'

// The number that stands for an object compared by identity (hash, and the address in its repr):
// given when first asked for, kept by copies. 0 in `kept`: none yet.
std::uint64_t identity_number(Context&, std::uint64_t& kept);
std::string identity_text(Context&, std::uint64_t& kept);  // "0x7f0000000040"

// An index into a sequence, negative ones counted from its end. Raises IndexError(message).
std::size_t checked_index(Context&, const Value& key, std::int64_t length, std::string_view type);

// The hint of an AttributeError or NameError: CPython's closest candidate, or empty.
std::string closest_name(std::string_view wrong, const std::vector<std::string_view>& candidates);

// Around what an object answers natively (repr, ==, next), as CPython's Py_EnterRecursiveCall:
// raises RecursionError where calls nest too deeply. One inside another counts as a step, so that
// the budget bounds what a nested structure costs.
class NativeCall {
 public:
  NativeCall(Context&, const char* doing);
  NativeCall(const NativeCall&) = delete;
  NativeCall& operator=(const NativeCall&) = delete;
  ~NativeCall() { --context_.native_depth; }

 private:
  Context& context_;
};

}  // namespace python
