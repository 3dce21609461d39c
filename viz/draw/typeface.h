// One font file: its glyphs as pictures, their widths and the space between pairs. FreeType draws
// them, HarfBuzz knows the pairs.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace viz {

struct Problem {
  std::string text;  // what is wrong, where, and how to put it right
};

// Coverage, 0 to 255, row by row. Stretched horizontally by `oversampling`.
struct GlyphPicture {
  int width = 0, height = 0;  // in texels
  float left = 0;             // px from the pen to the picture
  float top = 0;              // px from the baseline up to the picture
  float advance = 0;          // px to the next glyph
  std::vector<std::uint8_t> coverage;
};

class Typeface {
 public:
  static std::variant<Typeface, Problem> open(const std::string& path);
  Typeface(Typeface&&) noexcept;
  Typeface& operator=(Typeface&&) noexcept;
  ~Typeface();

  bool has(char32_t) const;
  // Digits are the tabular ones, all of one width. `size` is the em in px; fractions are fine.
  GlyphPicture draw(char32_t, float size, int oversampling) const;
  // Between two characters, as a part of the em; mostly 0 or a little negative.
  float kerning(char32_t left, char32_t right) const;
  // Above and below the baseline, as parts of the em.
  float ascent() const;
  float descent() const;

 private:
  struct Parts;
  explicit Typeface(std::unique_ptr<Parts> parts);
  std::uint32_t glyph_of(char32_t) const;

  std::unique_ptr<Parts> parts_;
};

}  // namespace viz
