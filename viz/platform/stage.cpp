// Fonts by scale, one draw list, moved to the middle.

#include "viz/platform/stage.h"

#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <cmath>

#include "viz/draw/screen_surface.h"
#include "viz/platform/gl_textures.h"

namespace viz {

struct Stage::Parts {
  explicit Parts(FontSet set) : fonts(std::move(set)) {}
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  ~Parts() {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext();
  }

  FontSet fonts;
  GlTextures textures;
  int width = 0, height = 0;
  float scale = 0;
  float left = 0, top = 0;  // of the grid, in pixels
};

Stage::Stage(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Stage::Stage(Stage&&) noexcept = default;
Stage& Stage::operator=(Stage&&) noexcept = default;
Stage::~Stage() = default;

std::variant<Stage, Problem> Stage::open() {
  auto fonts = FontSet::open();
  if (auto* problem = std::get_if<Problem>(&fonts)) return *problem;
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  ImGui_ImplOpenGL3_Init("#version 330 core");
  return Stage(std::make_unique<Parts>(std::get<FontSet>(std::move(fonts))));
}

void Stage::set_size(int width, int height, float factor) {
  constexpr float kStep = 0.05f;
  const float fits =
      std::min(static_cast<float>(width) / kGridWidth, static_cast<float>(height) / kGridHeight);
  // Downwards, so that what fits still fits; nothing below what can be read, or beyond what letters
  // are drawn for.
  const float wanted = std::floor(fits * factor / kStep + 0.01f) * kStep;
  const float scale = std::clamp(wanted, 0.3f, FontSet::kMostScale);
  parts_->width = width;
  parts_->height = height;
  parts_->left = std::max(0.0f, std::round((static_cast<float>(width) - kGridWidth * scale) / 2));
  parts_->top = std::max(0.0f, std::round((static_cast<float>(height) - kGridHeight * scale) / 2));
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = ImVec2(static_cast<float>(width), static_cast<float>(height));
  if (scale == parts_->scale) return;
  parts_->scale = scale;
  if (io.Fonts->IsBuilt()) ImGui_ImplOpenGL3_DestroyFontsTexture();
  parts_->fonts.build(*io.Fonts, scale);
  ImGui_ImplOpenGL3_CreateFontsTexture();
}

float Stage::scale() const { return parts_->scale; }
std::pair<int, int> Stage::size() const { return {parts_->width, parts_->height}; }

Point Stage::to_grid(double x, double y) const {
  return {(static_cast<float>(x) - parts_->left) / parts_->scale,
          (static_cast<float>(y) - parts_->top) / parts_->scale};
}

Rect Stage::to_pixels(Rect r) const {
  const float s = parts_->scale;
  return {r.x * s + parts_->left, r.y * s + parts_->top, r.w * s, r.h * s};
}

void Stage::frame(Color background, const std::function<void(Canvas&)>& draw) {
  ImGuiIO& io = ImGui::GetIO();
  io.DeltaTime = 1.0f / 60.0f;  // no clock: the same frame twice is the same
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  ImDrawList& list = *ImGui::GetBackgroundDrawList();
  ScreenSurface surface(list, parts_->textures);
  const Point room{std::min(kGridWidth, static_cast<float>(parts_->width) / parts_->scale),
                   std::min(kGridHeight, static_cast<float>(parts_->height) / parts_->scale)};
  Canvas canvas(surface, parts_->fonts, parts_->scale, room);
  draw(canvas);
  for (ImDrawVert& vertex : list.VtxBuffer) {
    vertex.pos.x += parts_->left;
    vertex.pos.y += parts_->top;
  }
  ImGui::Render();
  glViewport(0, 0, parts_->width, parts_->height);
  glClearColor(static_cast<float>(background.r) / 255.0f, static_cast<float>(background.g) / 255.0f,
               static_cast<float>(background.b) / 255.0f, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

Picture Stage::read() const {
  Picture picture{parts_->width, parts_->height, {}};
  const auto row = static_cast<std::size_t>(parts_->width) * 3;
  std::vector<std::uint8_t> upside_down(row * static_cast<std::size_t>(parts_->height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, parts_->width, parts_->height, GL_RGB, GL_UNSIGNED_BYTE, upside_down.data());
  picture.pixels.reserve(upside_down.size());
  for (auto y = static_cast<std::size_t>(parts_->height); y-- > 0;) {
    const auto from = upside_down.begin() + static_cast<std::ptrdiff_t>(y * row);
    picture.pixels.insert(picture.pixels.end(), from, from + static_cast<std::ptrdiff_t>(row));
  }
  return picture;
}

}  // namespace viz
