// The names of dtypes, and dtypes by name.

#include "scenarios/numpy/dtype.h"

#include <algorithm>
#include <array>

#include "scenarios/python/error.h"

namespace numpy {
namespace {

struct TypeNames {
  std::string_view name;
  char character;
  int number;
};
// dtype.name, .char and .num of NumPy 1.24 on 64-bit Linux, by ElementType.
constexpr std::array<TypeNames, kElementTypes> kNames{{{"bool", '?', 0},
                                                       {"int8", 'b', 1},
                                                       {"uint8", 'B', 2},
                                                       {"int16", 'h', 3},
                                                       {"uint16", 'H', 4},
                                                       {"int32", 'i', 5},
                                                       {"uint32", 'I', 6},
                                                       {"int64", 'l', 7},
                                                       {"uint64", 'L', 8},
                                                       {"float32", 'f', 11},
                                                       {"float64", 'd', 12}}};

const TypeNames& names_of(ElementType t) { return kNames[static_cast<std::size_t>(t)]; }

using enum ElementType;
struct Alias {
  std::string_view text;
  ElementType type;
};
// Other words for a dtype that take no byte-order prefix.
constexpr auto kWords = std::to_array<Alias>(
    {{"bool_", boolean}, {"bool8", boolean},  {"byte", int8},        {"ubyte", uint8},
     {"short", int16},   {"ushort", uint16},  {"intc", int32},       {"uintc", uint32},
     {"int", int64},     {"int_", int64},     {"long", int64},       {"int0", int64},
     {"intp", int64},    {"longlong", int64}, {"uint", uint64},      {"uint0", uint64},
     {"uintp", uint64},  {"ulong", uint64},   {"ulonglong", uint64}, {"single", float32},
     {"float", float64}, {"float_", float64}, {"double", float64}});

// Codes that may follow a byte order: "<i4".
constexpr auto kCodes = std::to_array<Alias>(
    {{"?", boolean}, {"b1", boolean}, {"b", int8},    {"i1", int8},    {"B", uint8},
     {"u1", uint8},  {"h", int16},    {"i2", int16},  {"H", uint16},   {"u2", uint16},
     {"i", int32},   {"i4", int32},   {"I", uint32},  {"u4", uint32},  {"l", int64},
     {"q", int64},   {"p", int64},    {"i8", int64},  {"L", uint64},   {"Q", uint64},
     {"P", uint64},  {"u8", uint64},  {"f", float32}, {"f4", float32}, {"d", float64},
     {"f8", float64}});

// What NumPy knows and this subset lacks.
constexpr auto kForeignWords = std::to_array<std::string_view>(
    {"float16",  "half",       "complex64", "complex128",  "complex",    "csingle",
     "cdouble",  "cfloat",     "complex_",  "clongdouble", "longdouble", "longfloat",
     "float128", "complex256", "object",    "object_",     "object0",    "str",
     "str_",     "str0",       "bytes",     "bytes_",      "bytes0",     "unicode",
     "unicode_", "string_",    "void",      "void0",       "datetime64", "timedelta64",
     "recarray", "record"});
constexpr auto kForeignCodes =
    std::to_array<std::string_view>({"e", "f2", "F", "c8", "D", "c16", "g",  "f16", "G", "c32",
                                     "O", "S",  "U", "V",  "a", "M8",  "m8", "M",   "m", "c"});

template <class Table>
std::optional<ElementType> find(const Table& table, std::string_view text) {
  for (const Alias& alias : table) {
    if (alias.text == text) return alias.type;
  }
  return std::nullopt;
}

bool is_foreign(std::string_view text, std::string_view code) {
  if (std::ranges::count(kForeignWords, text) != 0) return true;
  if (std::ranges::count(kForeignCodes, code) != 0) return true;
  if (text.find(',') != std::string_view::npos) return true;  // "i4,f8": fields
  const bool sized_text = !code.empty() && std::string_view("SUVa").find(code[0]) < 4;
  return sized_text &&
         std::ranges::all_of(code.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string_view DType::name() const { return names_of(type_).name; }
char DType::type_char() const { return names_of(type_).character; }
int DType::type_number() const { return names_of(type_).number; }

std::string DType::str_code() const {
  const char order = itemsize() == 1 ? '|' : is_native() ? '<' : '>';
  return std::string{order, kind()} + std::to_string(itemsize());
}

std::string DType::str() const { return is_native() ? std::string(name()) : str_code(); }

std::string DType::repr() const { return "dtype('" + str() + "')"; }

std::string_view DType::byteorder() const {
  if (itemsize() == 1) return "|";
  return is_native() ? "=" : ">";
}

std::optional<DType> parse_dtype(std::string_view text) {
  for (int t = 0; t < kElementTypes; ++t) {
    if (kNames[static_cast<std::size_t>(t)].name == text) return DType(static_cast<ElementType>(t));
  }
  if (const auto type = find(kWords, text)) return DType(*type);
  std::string_view code = text;
  ByteOrder order = ByteOrder::little;
  if (!code.empty() && std::string_view("<>=|").find(code[0]) != std::string_view::npos) {
    if (code[0] == '>') order = ByteOrder::big;
    code.remove_prefix(1);
  }
  if (const auto type = find(kCodes, code)) return DType(*type, order);
  if (is_foreign(text, code)) {
    throw python::Unsupported{"the dtype '" + std::string(text) + "' is not supported",
                              "bool, int8 to int64, uint8 to uint64, float32 or float64"};
  }
  return std::nullopt;
}

}  // namespace numpy
