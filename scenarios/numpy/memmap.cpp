// See memmap.h.

#include "scenarios/numpy/memmap.h"

namespace numpy {
namespace {

using python::Context;
using python::Value;

constexpr std::string_view kAttributes[] = {"_mmap", "filename", "flush", "mode", "offset"};

}  // namespace

Value Memmap::type(Context& context) { return Object::type(context); }

Value Memmap::make_kin(Context&, ArrayParts parts, Kinship kinship) {
  switch (kinship) {
    case Kinship::view: {
      // Without elements it shares no memory with the map, which is what NumPy asks.
      const bool looks_in = element_count(parts.shape) > 0;
      return python::make<Memmap>(std::move(parts), looks_in ? source_ : std::nullopt);
    }
    case Kinship::copy: return python::make<Memmap>(std::move(parts), std::nullopt);
    case Kinship::result: return python::make<NdArray>(std::move(parts));
  }
  return {};
}

// A view of a view has the map's own array as its base: NumPy collapses bases of the same type.
Value Memmap::base_for_views() {
  if (base().get_if<Memmap>() != nullptr) return base();
  return Value::object(this);
}

void Memmap::flush() {
  if (Memmap* const owner = base().get_if<Memmap>()) return owner->flush();
  if (MappedFile* const map = base().get_if<MappedFile>()) map->flush();
}

std::optional<Value> Memmap::find_attribute(Context& context, std::string_view name) {
  if (name == "flush") {
    return python::make<python::BoundNativeMethod>(Value::object(this), std::string(name));
  }
  const bool is_own = name == "_mmap" || name == "filename" || name == "mode" || name == "offset";
  if (!is_own) return NdArray::find_attribute(context, name);
  if (!source_) return Value::none();
  if (name == "_mmap") return source_->map;
  if (name == "filename") return source_->filename;
  if (name == "mode") return python::make_str(source_->mode);
  return Value::integer(source_->offset);
}

std::vector<std::string_view> Memmap::attribute_names() const {
  std::vector<std::string_view> names = NdArray::attribute_names();
  names.insert(names.end(), std::begin(kAttributes), std::end(kAttributes));
  return names;
}

bool Memmap::set_attribute(Context& context, std::string_view name, const Value& value) {
  if (NdArray::set_attribute(context, name, value)) return true;
  throw python::Unsupported{
      "setting the attribute '" + std::string(name) + "' of a memmap is not supported",
      "keep the value in a variable of its own"};
}

Value Memmap::call_method(Context& context, std::string_view name,
                          const python::Arguments& arguments) {
  if (name != "flush") return NdArray::call_method(context, name, arguments);
  static constexpr python::Parameter kParameters[] = {{"self"}};
  std::vector<Value> given = {Value::object(this)};
  given.insert(given.end(), arguments.positional.begin(), arguments.positional.end());
  static_cast<void>(python::bind({.function = "memmap.flush",
                                  .parameters = kParameters,
                                  .words = python::Signature::Words::python_function},
                                 {.positional = given, .keywords = arguments.keywords}));
  flush();
  return Value::none();
}

// What is picked out of a map is a memmap as long as it looks into the file; anything else (list
// and mask indices, items of a copy) is a plain array.
Value Memmap::item(Context& context, const Value& key) {
  Value picked = NdArray::item(context, key);
  Memmap* const array = picked.get_if<Memmap>();
  if (array == nullptr || array->source_) return picked;
  return python::make<NdArray>(array->parts());
}

python::Object* Memmap::clone(python::Cloner& cloner) {
  auto* copy = new Memmap(unheld_parts(), source_);
  copy_held(*copy, cloner);
  if (source_) cloner.later(source_->map, copy->source_->map);
  return copy;
}

}  // namespace numpy
