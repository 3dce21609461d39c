// Exceptions as values, and raising them from native code.

#include "scenarios/python/exception_object.h"

#include <cerrno>
#include <cstring>

#include "scenarios/python/class_object.h"
#include "scenarios/python/error.h"
#include "scenarios/python/function_object.h"
#include "scenarios/python/native.h"

namespace python {

namespace {

const ExceptionKind& kind_named(std::string_view name) {
  if (const ExceptionKind* kind = find_exception_kind(name)) return *kind;
  return *find_exception_kind("Exception");
}

const char* os_error_type(int number) {
  switch (number) {
    case ENOENT: return "FileNotFoundError";
    case EEXIST: return "FileExistsError";
    case EISDIR: return "IsADirectoryError";
    case ENOTDIR: return "NotADirectoryError";
    case EACCES:
    case EPERM: return "PermissionError";
    case EINTR: return "InterruptedError";
    case ETIMEDOUT: return "TimeoutError";
    case EAGAIN: return "BlockingIOError";
    case ECHILD: return "ChildProcessError";
    default: return "OSError";
  }
}

bool is_os_error(const ExceptionKind& kind) { return is_kind_of(kind, kind_named("OSError")); }

void add_os_attributes(ExceptionObject& exception) {
  const std::vector<Value>& args = exception.args();
  if (!is_os_error(exception.exception_kind()) || args.size() < 2) return;
  exception.attributes.emplace_back("errno", args[0]);
  exception.attributes.emplace_back("strerror", args[1]);
  exception.attributes.emplace_back("filename", args.size() > 2 ? args[2] : Value::none());
  if (args.size() > 2) exception.set_args({args[0], args[1]});
}

}  // namespace

std::string_view ExceptionObject::type_name() const {
  if (user_class.is_bound()) {
    return static_cast<const TypeObject*>(user_class.as_object())->name();
  }
  return exception_kind_->name();
}

std::string ExceptionObject::qualified_type_name() const {
  if (user_class.is_bound()) {
    return static_cast<const TypeObject*>(user_class.as_object())->qualified_name();
  }
  return std::string(exception_kind_->qualified_name);
}

Value ExceptionObject::type(Context& context) {
  return user_class.is_bound() ? user_class : exception_type(context, *exception_kind_);
}

std::optional<Value> ExceptionObject::find_attribute(Context& context, std::string_view name) {
  for (const auto& [known, value] : attributes) {
    if (known == name) return value;
  }
  if (name == "args") return make_tuple(args_);
  if (name == "__context__") return context_or_none();
  if (name == "__cause__") return cause.is_bound() ? cause : Value::none();
  if (name == "value" && exception_kind_->qualified_name == "StopIteration") {
    return args_.empty() ? Value::none() : args_[0];
  }
  if (is_os_error(*exception_kind_) &&
      (name == "errno" || name == "strerror" || name == "filename")) {
    return Value::none();
  }
  if (user_class.is_bound()) {
    if (auto found = user_class.as_object()->find_attribute(context, name)) {
      if (found->get_if<FunctionObject>() == nullptr) return found;
      return make<BoundMethodObject>(Value::object(this), *found);
    }
  }
  return Object::find_attribute(context, name);
}

void ExceptionObject::given(Context& context, const Value& held) {
  context.cycles.given(link_, held);
}

Value ExceptionObject::call_method(Context& context, std::string_view name,
                                   const Arguments& arguments) {
  if (name != "__init__") return Object::call_method(context, name, arguments);
  if (!arguments.keywords.empty()) {
    raise("TypeError", std::string(type_name()) + "() takes no keyword arguments");
  }
  for (const Value& v : arguments.positional) given(context, v);
  set_args({arguments.positional.begin(), arguments.positional.end()});
  return Value::none();
}

std::vector<std::string_view> ExceptionObject::attribute_names() const {
  std::vector<std::string_view> names{"args", "add_note", "with_traceback"};
  for (const auto& [name, value] : attributes) names.emplace_back(name);
  return names;
}

bool ExceptionObject::set_attribute(Context& context, std::string_view name, const Value& value) {
  if (name == "args") {
    std::vector<Value> args = python::collect(context, value);
    for (const Value& arg : args) given(context, arg);
    set_args(std::move(args));
    return true;
  }
  given(context, value);
  if (name == "__cause__" || name == "__context__") {
    const bool is_cause = name == "__cause__";
    if (!value.is_none() && value.get_if<ExceptionObject>() == nullptr) {
      raise("TypeError", std::string("exception ") + (is_cause ? "cause" : "context") +
                             " must be None or derive from BaseException");
    }
    (is_cause ? cause : raised_during) = value.is_none() ? Value() : value;
    hides_context = hides_context || is_cause;
    return true;
  }
  for (auto& [known, old] : attributes) {
    if (known != name) continue;
    old = value;
    return true;
  }
  attributes.emplace_back(std::string(name), value);
  return true;
}

std::optional<std::uint64_t> ExceptionObject::hash(Context& context) {
  return identity_number(context, identity_);
}

bool ExceptionObject::has_special(std::string_view name) const {
  return user_class.is_bound() && user_class.get_if<ClassObject>()->has_member(name);
}

std::string ExceptionObject::repr(Context& context) {
  if (has_special("__repr__")) refuse_native_call("__repr__ of an exception");
  std::string text = std::string(type_name()) + "(";
  for (std::size_t i = 0; i < args_.size(); ++i) {
    if (i > 0) text += ", ";
    text += python::repr(context, args_[i]);
  }
  return text + ")";
}

std::string ExceptionObject::str(Context& context) {
  if (has_special("__str__")) refuse_native_call("__str__ of an exception");
  if (is_os_error(*exception_kind_) && args_.size() == 2 && !attributes.empty()) {
    std::string text =
        "[Errno " + python::str(context, args_[0]) + "] " + python::str(context, args_[1]);
    for (const auto& [name, value] : attributes) {
      if (name == "filename" && !value.is_none()) text += ": " + python::repr(context, value);
    }
    return text;
  }
  if (args_.empty()) return {};
  if (args_.size() > 1) return make_tuple(args_).as_object()->repr(context);
  const bool key = is_kind_of(*exception_kind_, kind_named("KeyError"));
  return key ? python::repr(context, args_[0]) : python::str(context, args_[0]);
}

std::string ExceptionObject::last_line(const std::optional<std::string>& text) const {
  std::string name = qualified_type_name();
  if (name.starts_with("__main__.")) name = name.substr(9);
  if (!text) return name + ": <exception str() failed>";
  if (!text->empty()) name += ": " + *text;
  return hint.empty() ? name : name + ". Did you mean: '" + hint + "'?";
}

Value ExceptionObject::context_or_none() const {
  return raised_during.is_bound() ? raised_during : Value::none();
}

Object* ExceptionObject::clone(Cloner& cloner) {
  auto* copy = new ExceptionObject(*exception_kind_, {});
  cloner.remember(*this, copy);
  cloner.later([this, copy, &cloner] {
    for (const Value& arg : args_) copy->args_.push_back(cloner.copy(arg));
    copy->user_class = cloner.copy(user_class);
    for (const auto& [name, value] : attributes) {
      copy->attributes.emplace_back(name, cloner.copy(value));
    }
    copy->traceback = traceback;
    copy->raised_during = cloner.copy(raised_during);
    copy->cause = cloner.copy(cause);
    copy->hides_context = hides_context;
    copy->hint = hint;
    copy->identity_ = identity_;
  });
  return copy;
}

void ExceptionObject::visit_held(const HeldVisitor& visit) {
  for (Value& arg : args_) visit(arg);
  for (auto& [name, value] : attributes) visit(value);
  visit(raised_during);
  visit(cause);
  visit(user_class);
}

Value ExceptionType::call(Context&, const Arguments& arguments) {
  if (!arguments.keywords.empty()) {
    raise("TypeError", name() + "() takes no keyword arguments");
  }
  // OSError(errno, text) makes the subclass of that errno.
  const ExceptionKind* made_kind = exception_kind_;
  if (exception_kind_->qualified_name == "OSError" && arguments.positional.size() > 1 &&
      arguments.positional[0].is_integer()) {
    made_kind = &kind_named(os_error_type(static_cast<int>(arguments.positional[0].as_integer())));
  }
  auto* made =
      new ExceptionObject(*made_kind, {arguments.positional.begin(), arguments.positional.end()});
  const Value value = Value::object(made);
  add_os_attributes(*made);
  return value;
}

Object* ExceptionType::clone(Cloner& cloner) {
  auto* copy = new ExceptionType(*exception_kind_);
  cloner.remember(*this, copy);
  copy_members_to(*copy, cloner);
  return copy;
}

Value exception_type(Context& context, const ExceptionKind& kind) {
  if (Value known = context.types().find(kind.qualified_name); known.is_bound()) return known;
  const Value type = make<ExceptionType>(kind);
  for (const std::string_view base : {kind.base, kind.second_base}) {
    if (base.empty()) continue;
    static_cast<ExceptionType*>(type.as_object())
        ->add_base(exception_type(context, *find_exception_kind(base)));
  }
  context.types().add(type);
  return type;
}

Value make_exception(const char* type, std::string message) {
  return make<ExceptionObject>(kind_named(type), std::vector<Value>{make_str(std::move(message))});
}

void raise(const char* type, std::string message) {
  throw Raised{make_exception(type, std::move(message))};
}

void raise_with_hint(const char* type, std::string message, const std::string& hint) {
  const Value made = make_exception(type, std::move(message));
  static_cast<ExceptionObject*>(made.as_object())->hint = hint;
  throw Raised{made};
}

void raise_os_error(int number, const std::string* file_name) {
  std::vector<Value> args{Value::integer(number), make_str(std::strerror(number))};
  if (file_name != nullptr) args.push_back(make_str(*file_name));
  auto* made = new ExceptionObject(kind_named(os_error_type(number)), std::move(args));
  const Value value = Value::object(made);
  add_os_attributes(*made);
  throw Raised{value};
}

}  // namespace python
