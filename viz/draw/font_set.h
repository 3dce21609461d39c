// The four faces in their six sizes, drawn for one scale of the window into one texture.

#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <variant>

#include "viz/draw/typeface.h"

struct ImFont;
struct ImFontAtlas;

namespace viz {

// Words are set in Inter, numbers, source and addresses in JetBrains Mono.
enum class Face : std::uint8_t { words, words_bold, mono, mono_bold };
inline constexpr int kFaces = 4;
// px at scale 1.
inline constexpr std::array<int, 6> kTextSizes = {14, 16, 18, 20, 28, 34};

struct TextStyle {
  Face face = Face::words;
  int size = 16;  // one of kTextSizes
};

// A face at a size, in device px.
struct SizedFont {
  ImFont* glyphs = nullptr;
  const Typeface* face = nullptr;
  float em = 0;
};

class FontSet {
 public:
  // From ../share/pagewalk/fonts beside this program, or else from the fonts' usual place on
  // Debian.
  static std::variant<FontSet, Problem> open();

  // The largest scale at which all letters have room in the largest texture (measured: 4.4 has).
  // A window of 7680x4320 needs 4.3.
  static constexpr float kMostScale = 4.4f;
  // Draws every glyph anew, for a scale. The atlas holds the texture until the next call.
  // Requires: scale <= kMostScale.
  void build(ImFontAtlas&, float scale);
  // Requires: build() was called.
  const SizedFont& font(TextStyle) const;

 private:
  explicit FontSet(std::vector<Typeface> faces) : faces_(std::move(faces)) {}

  std::vector<Typeface> faces_;  // by Face
  std::array<std::array<SizedFont, kTextSizes.size()>, kFaces> fonts_{};
};

}  // namespace viz
