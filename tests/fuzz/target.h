// What a fuzz target is: a function of bytes that must come back, whatever the bytes are.
//
// A target finds a fault by crashing: a sanitizer's report, a failed check, an exception that
// nobody caught. libFuzzer calls it (./dev fuzz), and so does replay.cpp, the short form among the
// tests.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace fuzz
