// Glyphs by FreeType, pairs by HarfBuzz.

#include "viz/draw/typeface.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <hb-ft.h>
#include <hb.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace viz {

struct Typeface::Parts {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  hb_font_t* shaper = nullptr;
  std::array<std::uint32_t, 10> digits{};  // glyphs of the tabular ones
  mutable std::unordered_map<std::uint64_t, float> kernings;

  Parts() = default;
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  ~Parts() {
    if (shaper != nullptr) hb_font_destroy(shaper);
    if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }
};

namespace {

struct Shaped {
  std::vector<std::uint32_t> glyphs;
  float advance = 0;  // in font units
};

// With the given feature on, and ligatures off: they would join what is drawn one by one.
Shaped shape(hb_font_t* font, std::u32string_view text, const char* feature) {
  hb_buffer_t* buffer = hb_buffer_create();
  hb_buffer_add_utf32(buffer, reinterpret_cast<const std::uint32_t*>(text.data()),
                      static_cast<int>(text.size()), 0, static_cast<int>(text.size()));
  hb_buffer_guess_segment_properties(buffer);
  std::array<hb_feature_t, 3> features;
  hb_feature_from_string(feature, -1, &features[0]);
  hb_feature_from_string("-liga", -1, &features[1]);
  hb_feature_from_string("-calt", -1, &features[2]);
  hb_shape(font, buffer, features.data(), static_cast<unsigned>(features.size()));
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
  const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer, &count);
  Shaped shaped;
  for (unsigned i = 0; i < count; ++i) {
    shaped.glyphs.push_back(infos[i].codepoint);
    shaped.advance += static_cast<float>(places[i].x_advance);
  }
  hb_buffer_destroy(buffer);
  return shaped;
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// The mean of `taps` neighbours, so that a stretched picture can be drawn between two pixels.
std::vector<std::uint8_t> smoothed(const FT_Bitmap& bitmap, int taps) {
  const int width = static_cast<int>(bitmap.width) + taps - 1;
  const int height = static_cast<int>(bitmap.rows);
  std::vector<std::uint8_t> out(static_cast<std::size_t>(width * height));
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* row = bitmap.buffer + y * bitmap.pitch;
    for (int x = 0; x < width; ++x) {
      int sum = 0;
      for (int t = std::max(0, x - taps + 1); t <= std::min(x, width - taps); ++t) sum += row[t];
      out[static_cast<std::size_t>(y * width + x)] =
          static_cast<std::uint8_t>((sum + taps / 2) / taps);
    }
  }
  return out;
}

}  // namespace

Typeface::Typeface(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Typeface::Typeface(Typeface&&) noexcept = default;
Typeface& Typeface::operator=(Typeface&&) noexcept = default;
Typeface::~Typeface() = default;

std::variant<Typeface, Problem> Typeface::open(const std::string& path) {
  auto parts = std::make_unique<Parts>();
  if (FT_Init_FreeType(&parts->library) != 0) return Problem{"FreeType does not start"};
  if (FT_New_Face(parts->library, path.c_str(), 0, &parts->face) != 0) {
    return Problem{"the font " + path +
                   " cannot be read; the Debian packages fonts-inter and fonts-jetbrains-mono "
                   "have the fonts"};
  }
  // By the file's own tables, in units of the font: what size FreeType draws at does not matter.
  hb_face_t* tables = hb_ft_face_create_referenced(parts->face);
  parts->shaper = hb_font_create(tables);
  hb_face_destroy(tables);
  const Shaped digits = shape(parts->shaper, U"0123456789", "tnum");
  if (digits.glyphs.size() != parts->digits.size()) return Problem{path + " lacks digits"};
  std::copy(digits.glyphs.begin(), digits.glyphs.end(), parts->digits.begin());
  return Typeface(std::move(parts));
}

std::uint32_t Typeface::glyph_of(char32_t c) const {
  return is_digit(c) ? parts_->digits[c - U'0'] : FT_Get_Char_Index(parts_->face, c);
}

bool Typeface::has(char32_t c) const { return FT_Get_Char_Index(parts_->face, c) != 0; }

GlyphPicture Typeface::draw(char32_t c, float size, int oversampling) const {
  FT_Face face = parts_->face;
  FT_Set_Char_Size(face, 0, static_cast<FT_F26Dot6>(std::lround(size * 64)), 72, 72);
  GlyphPicture picture;
  // Hinted vertically only: stems keep their distance, baselines are sharp.
  if (FT_Load_Glyph(face, glyph_of(c), FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP) != 0) {
    return picture;
  }
  picture.advance = static_cast<float>(face->glyph->linearHoriAdvance) / 65536.0f;
  FT_Matrix stretch{oversampling * 0x10000L, 0, 0, 0x10000L};
  FT_Outline_Transform(&face->glyph->outline, &stretch);
  if (FT_Render_Glyph(face->glyph, FT_RENDER_MODE_NORMAL) != 0) return picture;
  const FT_Bitmap& bitmap = face->glyph->bitmap;
  if (bitmap.width == 0 || bitmap.rows == 0) return picture;
  const auto factor = static_cast<float>(oversampling);
  picture.width = static_cast<int>(bitmap.width) + oversampling - 1;
  picture.height = static_cast<int>(bitmap.rows);
  // The filter moves everything right by half of what it adds.
  picture.left = (static_cast<float>(face->glyph->bitmap_left) - (factor - 1) / 2) / factor;
  picture.top = static_cast<float>(face->glyph->bitmap_top);
  picture.coverage = smoothed(bitmap, oversampling);
  return picture;
}

float Typeface::kerning(char32_t left, char32_t right) const {
  const std::uint64_t key = std::uint64_t{left} << 32 | right;
  const auto known = parts_->kernings.find(key);
  if (known != parts_->kernings.end()) return known->second;
  const char32_t pair[] = {left, right};
  const Shaped with = shape(parts_->shaper, {pair, 2}, "kern");
  const Shaped without = shape(parts_->shaper, {pair, 2}, "-kern");
  const float value =
      (with.advance - without.advance) / static_cast<float>(parts_->face->units_per_EM);
  parts_->kernings.emplace(key, value);
  return value;
}

float Typeface::ascent() const {
  return static_cast<float>(parts_->face->ascender) /
         static_cast<float>(parts_->face->units_per_EM);
}

float Typeface::descent() const {
  return -static_cast<float>(parts_->face->descender) /
         static_cast<float>(parts_->face->units_per_EM);
}

}  // namespace viz
