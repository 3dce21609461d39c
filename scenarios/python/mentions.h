// What a compiled program can name: whoever has to allow something beforehand asks here, and the
// machine refuses what was not named.

#pragma once

#include <string_view>

namespace python {

class Code;
struct Program;

// Whether the name is one of an attribute or an import, or a whole text constant, as in
// getattr(os, "fork"). A name that is put together at run time is not mentioned.
bool mentions(const Code&, std::string_view name);
bool mentions(const Program&, std::string_view name);

}  // namespace python
