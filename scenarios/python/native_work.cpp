// Sizes of the containers.

#include "scenarios/python/native_work.h"

#include "scenarios/python/error.h"
#include "scenarios/python/native.h"
#include "scenarios/python/sequences.h"
#include "scenarios/python/set_object.h"

namespace python {

void spend_on_whole(Context& context, const Object& object) {
  switch (object.kind) {
    case ObjectKind::list:
      return spend_on_values(context, static_cast<const ListObject&>(object).items().size());
    case ObjectKind::tuple:
      return spend_on_values(context, static_cast<const TupleObject&>(object).items().size());
    case ObjectKind::str:
      return spend_on_bytes(context, static_cast<const StrObject&>(object).text().size());
    case ObjectKind::dict:
      return context.spend(
          static_cast<std::uint64_t>(static_cast<const DictObject&>(object).size()) / 2);
    case ObjectKind::plain: break;
    default: return;
  }
  if (const auto* bytes = dynamic_cast<const BytesObject*>(&object)) {
    spend_on_bytes(context, bytes->bytes().size());
  } else if (const auto* set = dynamic_cast<const SetObject*>(&object)) {
    context.spend(static_cast<std::uint64_t>(set->size()) / 2);
  }
}

void spend_on_whole(Context& context, const Value& value) {
  if (value.is_object()) spend_on_whole(context, *value.as_object());
}

void spend_on_width(Context& context, std::int64_t width) { repeated_size(context, 1, width); }

// A digit takes as long as an instruction; a double has no more than 1074 behind its point, and
// zeros after them.
void spend_on_digits(Context& context, std::int64_t digits) {
  constexpr std::int64_t kMost = std::int64_t{1} << 24;
  if (digits > kMost) raise("MemoryError", "");
  if (digits > 64) context.spend(static_cast<std::uint64_t>(digits));
}

}  // namespace python
