// What a run that did not finish says: CPython's traceback, or where the subset ends.

#include <algorithm>

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
  auto& self = const_cast<Vm&>(*this);
  // From the last exception back to the one that started it.
  std::vector<const ExceptionObject*> chain;
  std::vector<bool> by_cause;
  const auto* exception = uncaught_.get_if<ExceptionObject>();
  while (exception != nullptr && std::find(chain.begin(), chain.end(), exception) == chain.end()) {
    chain.push_back(exception);
    const auto* cause = exception->cause.get_if<ExceptionObject>();
    by_cause.push_back(cause != nullptr);
    exception = cause != nullptr           ? cause
                : exception->hides_context ? nullptr
                                           : exception->raised_during.get_if<ExceptionObject>();
  }
  std::string text;
  for (std::size_t i = chain.size(); i > 0; --i) {
    if (i < chain.size()) {
      text += by_cause[i - 1]
                  ? "\nThe above exception was the direct cause of the following exception:\n\n"
                  : "\nDuring handling of the above exception, another exception occurred:\n\n";
    }
    const ExceptionObject& shown = *chain[i - 1];
    if (!shown.traceback.empty())
      text += traceback_text(shown.traceback, file_name_, source_lines_);
    text += const_cast<ExceptionObject&>(shown).last_line(self) + "\n";
  }
  return text;
}

std::string Vm::error_line() const {
  const auto* exception = uncaught_.get_if<ExceptionObject>();
  if (state != RunState::raised || exception == nullptr) return {};
  return const_cast<ExceptionObject*>(exception)->last_line(const_cast<Vm&>(*this));
}

}  // namespace python
