// Sorts a call's arguments into the parameters of a function of the language, with CPython's
// errors.

#include <algorithm>

#include "scenarios/python/native.h"
#include "scenarios/python/native_work.h"
#include "scenarios/python/vm.h"

namespace python {

namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) {
      text += i + 1 < names.size() ? ", " : names.size() > 2 ? ", and " : " and ";
    }
    text += "'" + names[i] + "'";
  }
  return text;
}

[[noreturn]] void too_many(const FunctionCode& code, std::size_t given, std::size_t keyword_given) {
  const std::size_t most = code.positional;
  const std::size_t least = most - code.defaults;
  std::string takes = code.defaults > 0
                          ? "from " + std::to_string(least) + " to " + std::to_string(most)
                          : std::to_string(most);
  const bool plural = code.defaults > 0 || most != 1;
  std::string extra;
  if (keyword_given > 0) {
    extra = std::string(" positional argument") + (given == 1 ? "" : "s") + " (and " +
            std::to_string(keyword_given) + " keyword-only argument" +
            (keyword_given == 1 ? "" : "s") + ")";
  }
  raise("TypeError", code.qualified + "() takes " + takes + " positional argument" +
                         (plural ? "s" : "") + " but " + std::to_string(given) + extra +
                         (given == 1 && keyword_given == 0 ? " was" : " were") + " given");
}

void report_missing(const FunctionCode& code, const std::vector<std::string>& names,
                    const char* kind) {
  if (names.empty()) return;
  raise("TypeError", code.qualified + "() missing " + std::to_string(names.size()) + " required " +
                         kind + " argument" + (names.size() == 1 ? "" : "s") + ": " +
                         listed(names));
}

// The slot of the parameter with that name, or the number of parameters.
std::size_t find_parameter(const FunctionCode& code, std::string_view name) {
  const std::size_t parameters = code.positional + code.keyword_only;
  for (std::size_t i = code.positional_only; i < parameters; ++i) {
    if (code.local_names[i] == name) return i;
  }
  return parameters;
}

class Binder {
 public:
  Binder(Context& context, const FunctionObject& function)
      : context_(context), function_(function), code_(function.code()) {
    const std::size_t parameters = code_.positional + code_.keyword_only;
    slots_.resize(parameters + (code_.has_star ? 1 : 0) + (code_.has_double_star ? 1 : 0));
    if (code_.has_double_star) slots_.back() = make_dict();
  }

  void positional(std::span<const Value> given) {
    given_ = given.size();
    spend_on_values(context_, given_);
    const std::size_t direct = std::min<std::size_t>(given.size(), code_.positional);
    std::copy_n(given.begin(), direct, slots_.begin());
    if (code_.has_star) {
      slots_[code_.positional + code_.keyword_only] =
          make_tuple({given.begin() + static_cast<std::ptrdiff_t>(direct), given.end()});
    }
  }

  void keyword(std::string_view name, const Value& value) {
    const std::size_t at = find_parameter(code_, name);
    if (at < code_.positional + code_.keyword_only) {
      if (slots_[at].is_bound()) {
        raise("TypeError",
              code_.qualified + "() got multiple values for argument '" + std::string(name) + "'");
      }
      slots_[at] = value;
      if (at >= code_.positional) ++keyword_only_given_;
      return;
    }
    if (!code_.has_double_star) refuse_keyword(name);
    context_.spend(1);
    static_cast<DictObject*>(slots_.back().as_object())
        ->set(context_, make_str(std::string(name)), value);
  }

  std::vector<Value> finish() {
    if (given_ > code_.positional && !code_.has_star) {
      too_many(code_, given_, keyword_only_given_);
    }
    std::vector<std::string> missing;
    const std::size_t first_default = code_.positional - code_.defaults;
    for (std::size_t i = 0; i < code_.positional; ++i) {
      if (slots_[i].is_bound()) continue;
      if (i >= first_default) {
        slots_[i] = function_.defaults()[i - first_default];
      } else {
        missing.push_back(code_.local_names[i]);
      }
    }
    report_missing(code_, missing, "positional");
    for (std::size_t i = 0; i < code_.keyword_only; ++i) {
      Value& slot = slots_[code_.positional + i];
      if (slot.is_bound()) continue;
      slot = function_.keyword_defaults()[i];
      if (!slot.is_bound()) missing.push_back(code_.local_names[code_.positional + i]);
    }
    report_missing(code_, missing, "keyword-only");
    return std::move(slots_);
  }

 private:
  [[noreturn]] void refuse_keyword(std::string_view name) const {
    for (std::size_t i = 0; i < code_.positional_only; ++i) {
      if (code_.local_names[i] != name) continue;
      raise("TypeError",
            code_.qualified +
                "() got some positional-only arguments passed as keyword arguments: '" +
                std::string(name) + "'");
    }
    raise("TypeError",
          code_.qualified + "() got an unexpected keyword argument '" + std::string(name) + "'");
  }

  Context& context_;
  const FunctionObject& function_;
  const FunctionCode& code_;
  std::vector<Value> slots_;
  std::size_t given_ = 0;
  std::size_t keyword_only_given_ = 0;
};

}  // namespace

// Replaces the `count` values from `first` on by the values of the parameters.
void Vm::bind_arguments(const FunctionObject& function, Value* first, std::uint32_t count,
                        std::uint16_t keywords) {
  Binder binder(*this, function);
  std::size_t positional = count;
  if (keywords != 0) {
    const auto names = *as_sequence(constants_[keywords - 1U]);
    positional -= names.size();
    binder.positional({first, positional});
    for (std::size_t k = 0; k < names.size(); ++k) {
      binder.keyword(*as_str(names[k]), first[positional + k]);
    }
  } else {
    binder.positional({first, positional});
  }
  std::vector<Value> values = binder.finish();
  cut_stack(first);
  ensure_stack(first, values.size() + 2);
  for (Value& v : values) push(std::move(v));
}

}  // namespace python
