// GLFW. Its callbacks gather what happened; a press and a release between two frames are both kept.

#include "viz/platform/window.h"

#include <GLFW/glfw3.h>

#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace viz {

struct Window::Parts {
  GLFWwindow* window = nullptr;
  std::optional<Stage> stage;
  Input gathering, input;
  std::vector<Letter> letters_gathering, letters;
  double x = -1, y = -1;
  bool is_inside = false;
  double pressed_at = -1;  // seconds
  double pressed_x = 0, pressed_y = 0;
  bool news_gathering = true, news = true;

  Parts() = default;
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  ~Parts() {
    stage.reset();
    if (window != nullptr) glfwDestroyWindow(window);
    glfwTerminate();
  }
};

namespace {

std::optional<Key> key_of(int key, int mods) {
  static const std::map<int, Key> kKeys{{GLFW_KEY_ENTER, Key::enter},
                                        {GLFW_KEY_KP_ENTER, Key::enter},
                                        {GLFW_KEY_SPACE, Key::space},
                                        {GLFW_KEY_LEFT, Key::left},
                                        {GLFW_KEY_RIGHT, Key::right},
                                        {GLFW_KEY_UP, Key::up},
                                        {GLFW_KEY_DOWN, Key::down},
                                        {GLFW_KEY_HOME, Key::home},
                                        {GLFW_KEY_END, Key::end},
                                        {GLFW_KEY_PAGE_UP, Key::page_up},
                                        {GLFW_KEY_PAGE_DOWN, Key::page_down},
                                        {GLFW_KEY_ESCAPE, Key::escape},
                                        {GLFW_KEY_BACKSPACE, Key::backspace},
                                        {GLFW_KEY_DELETE, Key::erase}};
  if (key == GLFW_KEY_TAB) return (mods & GLFW_MOD_SHIFT) != 0 ? Key::back_tab : Key::tab;
  const auto found = kKeys.find(key);
  if (found == kKeys.end()) return std::nullopt;
  return found->second;
}

}  // namespace

Window::Window(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Window::Window(Window&&) noexcept = default;
Window& Window::operator=(Window&&) noexcept = default;
Window::~Window() = default;

namespace {

template <class P>
P& parts_of(GLFWwindow* window) {
  P& parts = *static_cast<P*>(glfwGetWindowUserPointer(window));
  parts.news_gathering = true;
  return parts;
}

// Of two presses close together in time and place. A third one counts as a first.
template <class P>
bool is_second_press(P& parts) {
  constexpr double kSeconds = 0.4, kPixels = 6;
  const double now = glfwGetTime();
  const bool is_near = std::abs(parts.x - parts.pressed_x) < kPixels &&
                       std::abs(parts.y - parts.pressed_y) < kPixels;
  const bool is_second = parts.pressed_at >= 0 && now - parts.pressed_at < kSeconds && is_near;
  parts.pressed_at = is_second ? -1 : now;
  parts.pressed_x = parts.x;
  parts.pressed_y = parts.y;
  return is_second;
}

template <class P>
void install_callbacks(GLFWwindow* window) {
  glfwSetCursorPosCallback(window, [](GLFWwindow* w, double x, double y) {
    P& parts = parts_of<P>(w);
    parts.x = x;
    parts.y = y;
    parts.is_inside = true;
  });
  glfwSetCursorEnterCallback(
      window, [](GLFWwindow* w, int entered) { parts_of<P>(w).is_inside = entered != 0; });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int which, int action, int) {
    if (which != GLFW_MOUSE_BUTTON_LEFT) return;
    P& parts = parts_of<P>(w);
    parts.gathering.is_down = action == GLFW_PRESS;
    if (action == GLFW_PRESS) parts.gathering.was_double_pressed = is_second_press(parts);
    (action == GLFW_PRESS ? parts.gathering.was_pressed : parts.gathering.was_released) = true;
  });
  glfwSetScrollCallback(window, [](GLFWwindow* w, double, double y) {
    parts_of<P>(w).gathering.wheel += static_cast<float>(y);
  });
  glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int, int action, int mods) {
    P& parts = parts_of<P>(w);
    if (action == GLFW_RELEASE) return;
    const bool control = (mods & GLFW_MOD_CONTROL) != 0;
    if (control) {
      if (key == GLFW_KEY_ENTER) parts.letters_gathering.push_back({U'\r', true, {}});
      const char* name = glfwGetKeyName(key, 0);
      if (name != nullptr)
        parts.letters_gathering.push_back({static_cast<char32_t>(name[0]), true, {}});
      return;
    }
    if (const auto known = key_of(key, mods)) {
      parts.gathering.keys.push_back(*known);
      parts.letters_gathering.push_back({0, false, known});
    }
  });
  glfwSetCharCallback(window, [](GLFWwindow* w, unsigned character) {
    parts_of<P>(w).letters_gathering.push_back({static_cast<char32_t>(character), false, {}});
  });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) { parts_of<P>(w); });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { parts_of<P>(w); });
}

}  // namespace

std::variant<Window, Problem> Window::open(const std::string& title, int width, int height) {
  if (glfwInit() == GLFW_FALSE) {
    return Problem{
        "there is no display to open a window on (DISPLAY and WAYLAND_DISPLAY are not set, or lead "
        "nowhere). --screenshot FILE.png needs none; `pagewalk run` tells lessons on the terminal"};
  }
  auto parts = std::make_unique<Parts>();
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  parts->window = glfwCreateWindow(width, height, title.c_str(), nullptr, nullptr);
  if (parts->window == nullptr) return Problem{"this display gives no OpenGL 3.3 window"};
  glfwMakeContextCurrent(parts->window);
  glfwSwapInterval(1);
  auto stage = Stage::open();
  if (auto* problem = std::get_if<Problem>(&stage)) return *problem;
  parts->stage.emplace(std::get<Stage>(std::move(stage)));
  glfwSetWindowUserPointer(parts->window, parts.get());
  install_callbacks<Window::Parts>(parts->window);
  return Window(std::move(parts));
}

Stage& Window::stage() { return *parts_->stage; }
bool Window::is_closed() const { return glfwWindowShouldClose(parts_->window) != 0; }
std::pair<int, int> Window::size() const {
  std::pair<int, int> size;
  glfwGetWindowSize(parts_->window, &size.first, &size.second);
  return size;
}
void Window::wake() { glfwPostEmptyEvent(); }
const Input& Window::input() const { return parts_->input; }
const std::vector<Letter>& Window::letters() const { return parts_->letters; }
bool Window::has_news() const { return parts_->news; }
double Window::now() { return glfwGetTime(); }
std::string Window::pasted() const {
  const char* text = glfwGetClipboardString(parts_->window);
  return text == nullptr ? "" : text;
}
void Window::copy(const std::string& text) { glfwSetClipboardString(parts_->window, text.c_str()); }

void Window::wait(double most_seconds) {
  if (most_seconds > 0) {
    glfwWaitEventsTimeout(most_seconds);
  } else {
    glfwPollEvents();
  }
  const bool down = parts_->gathering.is_down;
  parts_->input = std::exchange(parts_->gathering, {});
  parts_->gathering.is_down = down;
  parts_->input.seconds = now();
  parts_->letters = std::exchange(parts_->letters_gathering, {});
  parts_->news = std::exchange(parts_->news_gathering, false);
  // The position is in screen coordinates, the picture in pixels of the framebuffer.
  int width = 0, height = 0, pixels_wide = 0, pixels_high = 0;
  glfwGetWindowSize(parts_->window, &width, &height);
  glfwGetFramebufferSize(parts_->window, &pixels_wide, &pixels_high);
  const double ratio = width > 0 ? static_cast<double>(pixels_wide) / width : 1;
  parts_->input.mouse = parts_->is_inside && parts_->stage->scale() > 0
                            ? parts_->stage->to_grid(parts_->x * ratio, parts_->y * ratio)
                            : Point{-1, -1};
}

void Window::show(Color background, float factor, const std::function<void(Canvas&)>& draw) {
  int width = 0, height = 0;
  glfwGetFramebufferSize(parts_->window, &width, &height);
  if (width == 0 || height == 0) return;  // minimised
  parts_->stage->set_size(width, height, factor);
  parts_->stage->frame(background, draw);
  glfwSwapBuffers(parts_->window);
}

Picture Window::picture(Color background, const std::function<void(Canvas&)>& draw) {
  parts_->stage->frame(background, draw);
  return parts_->stage->read();
}

}  // namespace viz
