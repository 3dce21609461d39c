// The hierarchy of built-in exceptions (CPython 3.11), with the ones that NumPy 1.24 and io add.

#include <array>

#include "scenarios/python/exception_object.h"

namespace python {

namespace {

constexpr std::array kKinds = std::to_array<ExceptionKind>({
    {"BaseException", ""},
    {"Exception", "BaseException"},
    {"KeyboardInterrupt", "BaseException"},
    {"SystemExit", "BaseException"},
    {"GeneratorExit", "BaseException"},
    {"ArithmeticError", "Exception"},
    {"FloatingPointError", "ArithmeticError"},
    {"OverflowError", "ArithmeticError"},
    {"ZeroDivisionError", "ArithmeticError"},
    {"AssertionError", "Exception"},
    {"AttributeError", "Exception"},
    {"BufferError", "Exception"},
    {"EOFError", "Exception"},
    {"ImportError", "Exception"},
    {"ModuleNotFoundError", "ImportError"},
    {"LookupError", "Exception"},
    {"IndexError", "LookupError"},
    {"KeyError", "LookupError"},
    {"MemoryError", "Exception"},
    {"NameError", "Exception"},
    {"UnboundLocalError", "NameError"},
    {"OSError", "Exception"},
    {"BlockingIOError", "OSError"},
    {"ChildProcessError", "OSError"},
    {"ConnectionError", "OSError"},
    {"FileExistsError", "OSError"},
    {"FileNotFoundError", "OSError"},
    {"InterruptedError", "OSError"},
    {"IsADirectoryError", "OSError"},
    {"NotADirectoryError", "OSError"},
    {"PermissionError", "OSError"},
    {"ProcessLookupError", "OSError"},
    {"TimeoutError", "OSError"},
    {"ReferenceError", "Exception"},
    {"RuntimeError", "Exception"},
    {"NotImplementedError", "RuntimeError"},
    {"RecursionError", "RuntimeError"},
    {"StopIteration", "Exception"},
    {"StopAsyncIteration", "Exception"},
    {"SyntaxError", "Exception"},
    {"IndentationError", "SyntaxError"},
    {"TabError", "IndentationError"},
    {"SystemError", "Exception"},
    {"TypeError", "Exception"},
    {"ValueError", "Exception"},
    {"UnicodeError", "ValueError"},
    {"UnicodeDecodeError", "UnicodeError"},
    {"UnicodeEncodeError", "UnicodeError"},
    {"Warning", "Exception"},
    {"BytesWarning", "Warning"},
    {"DeprecationWarning", "Warning"},
    {"FutureWarning", "Warning"},
    {"ImportWarning", "Warning"},
    {"PendingDeprecationWarning", "Warning"},
    {"ResourceWarning", "Warning"},
    {"RuntimeWarning", "Warning"},
    {"SyntaxWarning", "Warning"},
    {"UnicodeWarning", "Warning"},
    {"UserWarning", "Warning"},
    {"io.UnsupportedOperation", "OSError", "ValueError"},
    {"struct.error", "Exception"},
    {"numpy.AxisError", "ValueError", "IndexError"},
    {"numpy.TooHardError", "RuntimeError"},
    {"numpy.ComplexWarning", "RuntimeWarning"},
    {"numpy.RankWarning", "UserWarning"},
    {"numpy.VisibleDeprecationWarning", "UserWarning"},
    {"numpy.linalg.LinAlgError", "Exception"},
    {"numpy.core._exceptions.UFuncTypeError", "TypeError"},
    {"numpy.core._exceptions._UFuncCastingError", "numpy.core._exceptions.UFuncTypeError", "",
     "UFuncTypeError"},
    {"numpy.core._exceptions._UFuncOutputCastingError", "numpy.core._exceptions._UFuncCastingError",
     "", "UFuncTypeError"},
    {"numpy.core._exceptions._UFuncInputCastingError", "numpy.core._exceptions._UFuncCastingError",
     "", "UFuncTypeError"},
    {"numpy.core._exceptions._UFuncBinaryResolutionError", "numpy.core._exceptions.UFuncTypeError",
     "", "UFuncTypeError"},
    {"numpy.core._exceptions._UFuncNoLoopError", "numpy.core._exceptions.UFuncTypeError", "",
     "UFuncTypeError"},
    {"numpy.core._exceptions._ArrayMemoryError", "MemoryError", "", "MemoryError"},
});

}  // namespace

std::span<const ExceptionKind> exception_kinds() { return kKinds; }

const ExceptionKind* find_exception_kind(std::string_view qualified_name) {
  for (const ExceptionKind& kind : kKinds) {
    if (kind.qualified_name == qualified_name) return &kind;
  }
  return nullptr;
}

bool is_kind_of(const ExceptionKind& kind, const ExceptionKind& base) {
  if (&kind == &base) return true;
  for (const std::string_view parent : {kind.base, kind.second_base}) {
    if (parent.empty()) continue;
    if (is_kind_of(*find_exception_kind(parent), base)) return true;
  }
  return false;
}

}  // namespace python
