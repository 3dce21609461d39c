// Where the glyphs of a line of text stand. One home, so that what is measured is what is drawn.

#pragma once

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <string_view>

#include "viz/draw/font_set.h"

namespace viz {

// The next character of UTF-8, as drawn: what is none is the sign for that. Moves `at` past it.
inline char32_t next_character(std::string_view text, std::size_t& at) {
  constexpr char32_t kReplacement = U'\uFFFD';
  unsigned c = 0;
  const int bytes = ImTextCharFromUtf8(&c, text.data() + at, text.data() + text.size());
  at += static_cast<std::size_t>(std::max(bytes, 1));
  return c == 0 ? kReplacement : static_cast<char32_t>(c);
}

// Calls f(glyph, x in px from the start) for each; returns the width in px.
template <class F>
float lay_out(const SizedFont& font, std::string_view text, F f) {
  float x = 0;
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    const ImFontGlyph* glyph = font.glyphs->FindGlyph(static_cast<ImWchar>(c));
    if (glyph == nullptr) continue;
    if (before != 0) x += font.face->kerning(before, c) * font.em;
    f(*glyph, x);
    x += glyph->AdvanceX;
    before = c;
  }
  return x;
}

}  // namespace viz
