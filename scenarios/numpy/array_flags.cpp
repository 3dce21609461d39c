// Flags are worked out from the array when asked for.

#include "scenarios/numpy/array_flags.h"

#include <array>

#include "scenarios/python/native.h"

namespace numpy {

using python::Context;
using python::Value;

namespace {

struct Flag {
  std::string_view attribute;
  std::string_view key;
  bool (*get)(const NdArray&);
  bool is_listed;  // in repr
};
bool c(const NdArray& a) { return a.is_c_contiguous(); }
bool f(const NdArray& a) { return a.is_f_contiguous(); }
bool own(const NdArray& a) { return a.owns_data(); }
bool writeable(const NdArray& a) { return a.is_writeable(); }
bool aligned(const NdArray& a) { return a.is_aligned(); }
bool never(const NdArray&) { return false; }
bool f_not_c(const NdArray& a) { return f(a) && !c(a); }
bool any_order(const NdArray& a) { return f(a) || c(a); }

constexpr auto kFlags = std::to_array<Flag>({{"c_contiguous", "C_CONTIGUOUS", c, true},
                                             {"f_contiguous", "F_CONTIGUOUS", f, true},
                                             {"owndata", "OWNDATA", own, true},
                                             {"writeable", "WRITEABLE", writeable, true},
                                             {"aligned", "ALIGNED", aligned, true},
                                             {"writebackifcopy", "WRITEBACKIFCOPY", never, true},
                                             {"contiguous", "CONTIGUOUS", c, false},
                                             {"fortran", "FORTRAN", f, false},
                                             {"fnc", "FNC", f_not_c, false},
                                             {"forc", "FORC", any_order, false}});

// Short keys of x.flags['C'].
std::string_view full_key(std::string_view key) {
  if (key == "C") return "C_CONTIGUOUS";
  if (key == "F") return "F_CONTIGUOUS";
  if (key == "O") return "OWNDATA";
  if (key == "W") return "WRITEABLE";
  if (key == "A") return "ALIGNED";
  return key;
}

}  // namespace

void set_writeable(NdArray& array, bool on) {
  if (on && !array.owns_data()) {
    const NdArray* base = array_if(array.base());
    const bool may_write = base != nullptr && base->is_writeable();
    if (!may_write && !array.is_writeable()) {
      python::raise("ValueError", "cannot set WRITEABLE flag to True of this array");
    }
  }
  array.set_writeable(on);
}

std::optional<Value> FlagsObject::find_attribute(Context&, std::string_view name) {
  for (const Flag& flag : kFlags) {
    if (flag.attribute == name) return Value::boolean(flag.get(*array_if(array_)));
  }
  return std::nullopt;
}

std::vector<std::string_view> FlagsObject::attribute_names() const {
  std::vector<std::string_view> names;
  for (const Flag& flag : kFlags) names.push_back(flag.attribute);
  return names;
}

bool FlagsObject::set_attribute(Context& context, std::string_view name, const Value& value) {
  if (name != "writeable") return false;
  set_writeable(*array_if(array_), python::truth(context, value));
  return true;
}

Value FlagsObject::item(Context&, const Value& key) {
  const auto text = python::as_str(key);
  for (const Flag& flag : kFlags) {
    if (text && flag.key == full_key(*text)) return Value::boolean(flag.get(*array_if(array_)));
  }
  python::raise("KeyError", "Unknown flag");
}

void FlagsObject::set_item(Context& context, const Value& key, const Value& value) {
  const auto text = python::as_str(key);
  if (!text || full_key(*text) != "WRITEABLE") python::raise("KeyError", "Unknown flag");
  set_writeable(*array_if(array_), python::truth(context, value));
}

std::string FlagsObject::repr(Context&) {
  std::string text;
  for (const Flag& flag : kFlags) {
    if (!flag.is_listed) continue;
    text += "  " + std::string(flag.key) + " : ";
    text += flag.get(*array_if(array_)) ? "True\n" : "False\n";
  }
  return text;
}

python::Object* FlagsObject::clone(python::Cloner& cloner) {
  auto* copy = new FlagsObject({});
  cloner.later(array_, copy->array_);
  return copy;
}

}  // namespace numpy
