// What a run that did not finish says: CPython's traceback, or where the subset ends.

#include <algorithm>
#include <unordered_set>

#include "scenarios/python/exception_object.h"
#include "scenarios/python/native.h"
#include "scenarios/python/vm.h"

namespace python {

void Vm::name_error(const std::string& name) {
  std::vector<std::string_view> candidates;
  for (const Frame& frame : frames_) {
    if (&frame != &frames_.back()) continue;
    for (std::size_t i = 0; i < frame.code->local_names.size(); ++i) {
      if (locals_[i].is_bound()) candidates.push_back(frame.code->local_names[i]);
    }
  }
  std::string hint = closest_name(name, candidates);
  if (hint.empty()) {
    candidates.clear();
    for (const std::uint32_t slot : global_order_) {
      candidates.push_back(code_.global_names[slot]);
    }
    hint = closest_name(name, candidates);
  }
  if (hint.empty()) {
    candidates.clear();
    for (const auto& [known, value] : builtins_) {
      if (!known.starts_with("__") && !known.starts_with(".")) candidates.push_back(known);
    }
    hint = closest_name(name, candidates);
  }
  raise_with_hint("NameError", "name '" + name + "' is not defined", hint);
}

namespace {

std::string entry_text(const TracebackEntry& entry, const std::string& file_name,
                       const std::vector<std::string>& lines) {
  std::string text = "  File \"" + file_name + "\", line " + std::to_string(entry.line) + ", in " +
                     entry.function + "\n";
  if (entry.line == 0 || entry.line > lines.size()) return text;
  const std::string& source = lines[entry.line - 1];
  const std::size_t start = source.find_first_not_of(" \t\f");
  if (start == std::string::npos) return text;
  const std::size_t end = source.find_last_not_of(" \t\f\r");
  return text + "    " + source.substr(start, end - start + 1) + "\n";
}

std::string traceback_text(const std::vector<TracebackEntry>& innermost_first,
                           const std::string& file_name, const std::vector<std::string>& lines) {
  constexpr std::size_t kShownRepeats = 3;  // as CPython's traceback module
  std::string text = "Traceback (most recent call last):\n";
  std::size_t repeats = 0;
  const auto flush = [&] {
    if (repeats > kShownRepeats) {
      const std::size_t more = repeats - kShownRepeats;
      text += "  [Previous line repeated " + std::to_string(more) + " more time" +
              (more == 1 ? "" : "s") + "]\n";
    }
  };
  const TracebackEntry* last = nullptr;
  for (auto at = innermost_first.rbegin(); at != innermost_first.rend(); ++at) {
    const bool same = last != nullptr && last->line == at->line && last->function == at->function;
    if (!same) {
      flush();
      repeats = 0;
    }
    if (++repeats <= kShownRepeats) text += entry_text(*at, file_name, lines);
    last = &*at;
  }
  flush();
  return text;
}

}  // namespace

std::string Vm::error_text() const {
  if (state == RunState::unsupported) {
    std::string text = file_name_ + ":" + std::to_string(line_) + ":" + std::to_string(column_) +
                       ": not supported: " + unsupported_text_ + "\n";
    if (line_ > 0 && line_ <= source_lines_.size()) {
      const std::size_t blanks = column_ > 0 ? column_ - 1 : 0;
      text += "    " + source_lines_[line_ - 1] + "\n    " + std::string(blanks, ' ') + "^\n";
    }
    return text;
  }
  if (state != RunState::raised) return {};
  const std::vector<Value> chain = uncaught_chain();
  std::string text;
  for (std::size_t i = chain.size(); i > 0; --i) {
    const auto& shown = *chain[i - 1].get_if<ExceptionObject>();
    if (i < chain.size()) {
      text += shown.cause.get_if<ExceptionObject>() != nullptr
                  ? "\nThe above exception was the direct cause of the following exception:\n\n"
                  : "\nDuring handling of the above exception, another exception occurred:\n\n";
    }
    if (!shown.traceback.empty())
      text += traceback_text(shown.traceback, file_name_, source_lines_);
    text += shown.last_line(told_[i - 1]) + "\n";
  }
  return text;
}

std::string Vm::error_line() const {
  const auto* exception = uncaught_.get_if<ExceptionObject>();
  if (state != RunState::raised || exception == nullptr) return {};
  return exception->last_line(told_[0]);
}

// From the last exception back to the one that started it.
std::vector<Value> Vm::uncaught_chain() const {
  std::vector<Value> chain;
  std::unordered_set<const Object*> seen;
  Value at = uncaught_;
  while (const auto* exception = at.get_if<ExceptionObject>()) {
    if (!seen.insert(exception).second) break;
    chain.push_back(at);
    const bool caused = exception->cause.get_if<ExceptionObject>() != nullptr;
    at = caused ? exception->cause : exception->hides_context ? Value() : exception->raised_during;
  }
  return chain;
}

bool Vm::exits() const {
  return is_kind_of(uncaught_.get_if<ExceptionObject>()->exception_kind(),
                    *find_exception_kind("SystemExit"));
}

// What an uncaught SystemExit writes on its way out; nothing when it is none or gives a number.
std::optional<Value> Vm::exit_text_value() const {
  if (!exits()) return std::nullopt;
  const auto& object = *uncaught_.get_if<ExceptionObject>();
  if (object.args().size() > 1) return make_tuple(object.args());
  const Value code = object.args().empty() ? Value::none() : object.args()[0];
  if (code.is_none() || code.is_integer() || code.is_boolean()) return std::nullopt;
  return code;
}

// Nobody caught it: asks for the texts that the run ends with. Where they are the program's own to
// tell (__str__), a frame of the prelude does, and the run goes on until it returns.
void Vm::tell_uncaught() {
  const std::optional<Value> exit_text = exit_text_value();
  std::vector<Value> told;
  if (exit_text) {
    told = {*exit_text};
  } else if (!exits()) {
    told = uncaught_chain();
  }
  std::vector<Value> texts;
  for (const Value& v : told) {
    try {
      texts.push_back(make_str(str(*this, v)));
    } catch (const Raised&) {
      texts.push_back(Value::none());
    } catch (const Unsupported&) {
      call_prelude_now("__told", {make_list(told)}, Frame::Kind::telling);
      return;
    }
  }
  end_uncaught(make_list(std::move(texts)));
}

// The run's end by what nobody caught; texts that are missing could not be told.
void Vm::end_uncaught(const Value& texts) {
  const auto& object = *uncaught_.get_if<ExceptionObject>();
  if (const auto list = as_sequence(texts)) {
    for (const Value& text : *list) {
      const auto told = as_str(text);
      told_.push_back(told ? std::optional(std::string(*told)) : std::nullopt);
    }
  }
  const bool has_text = exit_text_value().has_value();
  told_.resize(exits() ? 1 : uncaught_chain().size());
  end(exits() ? RunState::finished : RunState::raised);
  if (has_text) {
    exit_status = 1;
    surroundings_.write_stderr(told_[0].value_or("") + "\n");
  } else if (exits() && !object.args().empty() && !object.args()[0].is_none()) {
    exit_status = static_cast<int>(object.args()[0].as_integer() & 0xFF);
  }
  pop_frame();
}

}  // namespace python
