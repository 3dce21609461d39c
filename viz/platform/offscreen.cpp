// EGL for the context, a framebuffer for the picture.

#include "viz/platform/offscreen.h"

#define GL_GLEXT_PROTOTYPES
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GL/gl.h>
#include <GL/glext.h>

#include <optional>
#include <string>

#include "viz/platform/stage.h"

namespace viz {

struct Offscreen::Parts {
  int width = 0, height = 0;
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;
  GLuint framebuffer = 0, texture = 0;
  std::optional<Stage> stage;

  Parts() = default;
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  ~Parts() {
    stage.reset();
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

  auto stage = Stage::open();
  if (auto* problem = std::get_if<Problem>(&stage)) return *problem;
  parts->stage.emplace(std::get<Stage>(std::move(stage)));
  parts->stage->set_size(width, height, 1);
  return Offscreen(std::move(parts));
}

void Offscreen::set_factor(float factor) {
  parts_->stage->set_size(parts_->width, parts_->height, factor);
}

Rect Offscreen::to_pixels(Rect r) const { return parts_->stage->to_pixels(r); }

void Offscreen::draw(Color background, const std::function<void(Canvas&)>& draw) {
  glBindFramebuffer(GL_FRAMEBUFFER, parts_->framebuffer);
  parts_->stage->frame(background, draw);
  glFinish();
}

Picture Offscreen::frame(Color background, const std::function<void(Canvas&)>& draw) {
  this->draw(background, draw);
  return parts_->stage->read();
}

}  // namespace viz
