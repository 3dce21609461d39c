// EGL for the context, ImGui's OpenGL backend for the drawing.

#include "viz/platform/offscreen.h"

#define GL_GLEXT_PROTOTYPES
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GL/gl.h>
#include <GL/glext.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <string>

namespace viz {

struct Offscreen::Parts {
  int width = 0, height = 0;
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;
  GLuint framebuffer = 0, texture = 0;
  std::optional<FontSet> fonts;
  float scale = 1;

  Parts() = default;
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  ~Parts() {
    if (ImGui::GetCurrentContext() != nullptr && fonts) {
      ImGui_ImplOpenGL3_Shutdown();
      ImGui::DestroyContext();
    }
    if (framebuffer != 0) glDeleteFramebuffers(1, &framebuffer);
    if (texture != 0) glDeleteTextures(1, &texture);
    if (context != EGL_NO_CONTEXT) {
      eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
      eglDestroyContext(display, context);
    }
    if (display != EGL_NO_DISPLAY) eglTerminate(display);
  }
};

namespace {

// Of the window that the layout was made for.
constexpr float kGridWidth = 1600, kGridHeight = 1000;

std::optional<Problem> make_context(EGLDisplay& display, EGLContext& context) {
  display = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA,
                                  reinterpret_cast<void*>(EGL_DEFAULT_DISPLAY), nullptr);
  if (display == EGL_NO_DISPLAY || eglInitialize(display, nullptr, nullptr) == EGL_FALSE) {
    display = EGL_NO_DISPLAY;
    return Problem{
        "EGL gives no surfaceless display; the Debian package libgl1-mesa-dri has one that needs "
        "no graphics card"};
  }
  eglBindAPI(EGL_OPENGL_API);
  const EGLint config_wanted[] = {EGL_SURFACE_TYPE, EGL_DONT_CARE, EGL_RENDERABLE_TYPE,
                                  EGL_OPENGL_BIT, EGL_NONE};
  EGLConfig config = nullptr;
  EGLint configs = 0;
  eglChooseConfig(display, config_wanted, &config, 1, &configs);
  const EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION,
                            3,
                            EGL_CONTEXT_MINOR_VERSION,
                            3,
                            EGL_CONTEXT_OPENGL_PROFILE_MASK,
                            EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                            EGL_NONE};
  context = eglCreateContext(display, config, EGL_NO_CONTEXT, version);
  if (context == EGL_NO_CONTEXT ||
      eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context) == EGL_FALSE) {
    return Problem{"EGL gives no OpenGL 3.3 context"};
  }
  return std::nullopt;
}

}  // namespace

Offscreen::Offscreen(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Offscreen::Offscreen(Offscreen&&) noexcept = default;
Offscreen& Offscreen::operator=(Offscreen&&) noexcept = default;
Offscreen::~Offscreen() = default;

std::variant<Offscreen, Problem> Offscreen::open(int width, int height) {
  auto parts = std::make_unique<Parts>();
  parts->width = width;
  parts->height = height;
  if (auto problem = make_context(parts->display, parts->context)) return *problem;
  auto fonts = FontSet::open();
  if (auto* problem = std::get_if<Problem>(&fonts)) return *problem;

  glGenTextures(1, &parts->texture);
  glBindTexture(GL_TEXTURE_2D, parts->texture);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
  glGenFramebuffers(1, &parts->framebuffer);
  glBindFramebuffer(GL_FRAMEBUFFER, parts->framebuffer);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, parts->texture, 0);
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
    return Problem{"a picture of " + std::to_string(width) + "x" + std::to_string(height) +
                   " is too large for this OpenGL"};
  }

  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = ImVec2(static_cast<float>(width), static_cast<float>(height));
  parts->fonts.emplace(std::get<FontSet>(std::move(fonts)));
  parts->scale =
      std::min(static_cast<float>(width) / kGridWidth, static_cast<float>(height) / kGridHeight);
  parts->fonts->build(*io.Fonts, parts->scale);
  ImGui_ImplOpenGL3_Init("#version 330 core");
  return Offscreen(std::move(parts));
}

Picture Offscreen::frame(Color background, const std::function<void(Canvas&)>& draw) {
  ImGuiIO& io = ImGui::GetIO();
  io.DeltaTime = 1.0f / 60.0f;  // no clock: the same frame twice is the same
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  Canvas canvas(*ImGui::GetBackgroundDrawList(), *parts_->fonts, parts_->scale);
  draw(canvas);
  ImGui::Render();
  glBindFramebuffer(GL_FRAMEBUFFER, parts_->framebuffer);
  glViewport(0, 0, parts_->width, parts_->height);
  glClearColor(static_cast<float>(background.r) / 255.0f, static_cast<float>(background.g) / 255.0f,
               static_cast<float>(background.b) / 255.0f, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());

  Picture picture{parts_->width, parts_->height, {}};
  const auto row = static_cast<std::size_t>(parts_->width) * 3;
  std::vector<std::uint8_t> upside_down(row * static_cast<std::size_t>(parts_->height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, parts_->width, parts_->height, GL_RGB, GL_UNSIGNED_BYTE, upside_down.data());
  for (auto y = static_cast<std::size_t>(parts_->height); y-- > 0;) {
    const auto from = upside_down.begin() + static_cast<std::ptrdiff_t>(y * row);
    picture.pixels.insert(picture.pixels.end(), from, from + static_cast<std::ptrdiff_t>(row));
  }
  return picture;
}

}  // namespace viz
