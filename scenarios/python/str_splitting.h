// The methods of str that take text apart and put it together.

#pragma once

#include "scenarios/python/object.h"

namespace python {

// Requires of `self`: a StrObject.
Value str_split(Context&, Object& self, const Arguments&);
Value str_rsplit(Context&, Object& self, const Arguments&);
Value str_splitlines(Context&, Object& self, const Arguments&);
Value str_partition(Context&, Object& self, const Arguments&);
Value str_join(Context&, Object& self, const Arguments&);

}  // namespace python
