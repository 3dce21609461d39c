// str.format(), and text as ASCII or bytes.

#pragma once

#include <string>
#include <string_view>

#include "scenarios/python/object.h"

namespace python {

// "{} {name:5}".format(...).
std::string format_template(Context&, std::string_view text, const Arguments&);

// Raises UnicodeEncodeError, LookupError.
Value encode_text(const std::string& text, std::string encoding);

std::string ascii_of(std::string_view repr);           // ascii(): beyond ASCII as escapes
std::string quoted_ascii(std::string_view character);  // '\xe9'

}  // namespace python
