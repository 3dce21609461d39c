// Draws glyphs, packs them, tells ImGui where they are.

#include "viz/draw/font_set.h"

#include <imgui.h>
#include <imgui_internal.h>
#include <stb/stb_rect_pack.h>

#include <cstring>
#include <filesystem>
#include <string>
#include <system_error>

namespace viz {
namespace {

namespace fs = std::filesystem;

struct FontFile {
  const char* installed_in;  // by Debian's packages fonts-inter and fonts-jetbrains-mono
  const char* name;
};
constexpr FontFile kFiles[kFaces] = {
    {"/usr/share/fonts/opentype/inter", "Inter-Regular.otf"},
    {"/usr/share/fonts/opentype/inter", "Inter-SemiBold.otf"},
    {"/usr/share/fonts/truetype/jetbrains-mono", "JetBrainsMono-Regular.ttf"},
    {"/usr/share/fonts/truetype/jetbrains-mono", "JetBrainsMono-Bold.ttf"},
};

// A package that can be unpacked anywhere brings its own, beside this program's folder.
std::string place_of(const FontFile& file) {
  std::error_code unknown;
  const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
  const fs::path own = program.parent_path().parent_path() / "share/pagewalk/fonts" / file.name;
  if (!unknown && fs::exists(own, unknown)) return own;
  return fs::path(file.installed_in) / file.name;
}

// Two texels a pixel: letters may stand between pixels and stay sharp.
constexpr int kOversampling = 2;
// The texture's columns are doubled where the letters of a large scale need it.
constexpr int kColumns = 2048, kMostColumns = 4096;
constexpr int kMostRows = 16384;
constexpr int kGap = 1;  // texels between two glyphs

// What the app says: Latin with accents, and the signs of its words and figures.
std::vector<char32_t> characters() {
  std::vector<char32_t> all;
  for (char32_t c = 0x20; c < 0x7f; ++c) all.push_back(c);
  for (char32_t c = 0xa0; c < 0x180; ++c) all.push_back(c);
  for (const char32_t c : U"–—‘’“”…μ→←↑↓≤≥≠≈✓×·−") {
    if (c != 0) all.push_back(c);
  }
  return all;
}

struct Drawn {
  char32_t character;
  std::size_t font;  // index in the atlas
  GlyphPicture picture;
};

ImFont* add_font(ImFontAtlas& atlas, float size) {
  ImFontConfig config;
  config.FontData = IM_ALLOC(1);  // ImGui wants some; the glyphs come from here
  config.FontDataSize = 1;
  config.SizePixels = size;
  return atlas.AddFont(&config);
}

// Places for all pictures in a texture of so many columns. False: there is no room for all.
bool place(ImFontAtlas& atlas, int columns, std::vector<stbrp_rect>& rects) {
  atlas.TexWidth = columns;
  atlas.TexHeight = 0;
  std::vector<stbrp_node> nodes(static_cast<std::size_t>(columns));
  stbrp_context context;
  stbrp_init_target(&context, columns, kMostRows, nodes.data(), columns);
  ImFontAtlasBuildPackCustomRects(&atlas, &context);
  return stbrp_pack_rects(&context, rects.data(), static_cast<int>(rects.size())) != 0;
}

// Places for all pictures, and the texture to draw them into.
std::vector<stbrp_rect> pack(ImFontAtlas& atlas, const std::vector<Drawn>& glyphs) {
  std::vector<stbrp_rect> rects(glyphs.size());
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    rects[i].w = glyphs[i].picture.width + kGap;
    rects[i].h = glyphs[i].picture.height + kGap;
  }
  for (int columns = kColumns; !place(atlas, columns, rects); columns *= 2) {
    IM_ASSERT(columns < kMostColumns && "kMostScale is one at which all letters have room");
  }
  for (const stbrp_rect& rect : rects) atlas.TexHeight = ImMax(atlas.TexHeight, rect.y + rect.h);
  atlas.TexHeight = ImUpperPowerOfTwo(atlas.TexHeight);
  atlas.TexUvScale =
      ImVec2(1.0f / static_cast<float>(atlas.TexWidth), 1.0f / static_cast<float>(atlas.TexHeight));
  const auto bytes = static_cast<std::size_t>(atlas.TexWidth * atlas.TexHeight);
  atlas.TexPixelsAlpha8 = static_cast<unsigned char*>(IM_ALLOC(bytes));
  std::memset(atlas.TexPixelsAlpha8, 0, bytes);
  return rects;
}

void put_glyph(ImFontAtlas& atlas, const Drawn& drawn, const stbrp_rect& rect, float ascent) {
  const GlyphPicture& p = drawn.picture;
  for (int y = 0; y < p.height; ++y) {
    std::memcpy(atlas.TexPixelsAlpha8 + (rect.y + y) * atlas.TexWidth + rect.x,
                p.coverage.data() + y * p.width, static_cast<std::size_t>(p.width));
  }
  const float width = static_cast<float>(p.width) / kOversampling;
  const float top = ascent - p.top;
  const float u = static_cast<float>(rect.x) * atlas.TexUvScale.x;
  const float v = static_cast<float>(rect.y) * atlas.TexUvScale.y;
  atlas.Fonts[static_cast<int>(drawn.font)]->AddGlyph(
      nullptr, static_cast<ImWchar>(drawn.character), p.left, top, p.left + width,
      top + static_cast<float>(p.height), u, v,
      u + static_cast<float>(p.width) * atlas.TexUvScale.x,
      v + static_cast<float>(p.height) * atlas.TexUvScale.y, p.advance);
}

}  // namespace

std::variant<FontSet, Problem> FontSet::open() {
  std::vector<Typeface> faces;
  for (const FontFile& file : kFiles) {
    auto face = Typeface::open(place_of(file));
    if (auto* problem = std::get_if<Problem>(&face)) return *problem;
    faces.push_back(std::get<Typeface>(std::move(face)));
  }
  return FontSet(std::move(faces));
}

void FontSet::build(ImFontAtlas& atlas, float scale) {
  atlas.Clear();
  const std::vector<char32_t> wanted = characters();
  std::vector<Drawn> glyphs;
  for (int face = 0; face < kFaces; ++face) {
    const Typeface& typeface = faces_[static_cast<std::size_t>(face)];
    for (std::size_t i = 0; i < kTextSizes.size(); ++i) {
      const float em = static_cast<float>(kTextSizes[i]) * scale;
      const float line = em * (typeface.ascent() + typeface.descent());
      fonts_[static_cast<std::size_t>(face)][i] = {add_font(atlas, line), &typeface, em};
      const std::size_t font = static_cast<std::size_t>(atlas.Fonts.Size) - 1;
      for (const char32_t c : wanted) {
        if (typeface.has(c)) glyphs.push_back({c, font, typeface.draw(c, em, kOversampling)});
      }
    }
  }
  ImFontAtlasBuildInit(&atlas);
  const std::vector<stbrp_rect> rects = pack(atlas, glyphs);
  for (const auto& sizes : fonts_) {
    for (const SizedFont& font : sizes) {
      ImFontConfig* config = nullptr;
      for (ImFontConfig& c : atlas.ConfigData) {
        if (c.DstFont == font.glyphs) config = &c;
      }
      ImFontAtlasBuildSetupFont(&atlas, font.glyphs, config, font.em * font.face->ascent(),
                                -font.em * font.face->descent());
    }
  }
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    const float ascent = atlas.Fonts[static_cast<int>(glyphs[i].font)]->Ascent;
    put_glyph(atlas, glyphs[i], rects[i], ascent);
  }
  ImFontAtlasBuildFinish(&atlas);
}

const SizedFont& FontSet::font(TextStyle style) const {
  std::size_t i = 0;
  while (i + 1 < kTextSizes.size() && kTextSizes[i] < style.size) ++i;
  return fonts_[static_cast<std::size_t>(style.face)][i];
}

}  // namespace viz
