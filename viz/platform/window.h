// A real window: what the user does in it becomes input, what the app draws becomes visible. Draws
// only when something happened.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "viz/draw/controls.h"
#include "viz/platform/stage.h"

namespace viz {

// Letters with what was held, and among them the keys that input() has too, in the order in which
// they were typed.
struct Letter {
  char32_t character = 0;
  bool with_control = false;
  std::optional<Key> key = {};
};

class Window {
 public:
  static std::variant<Window, Problem> open(const std::string& title, int width, int height);
  Window(Window&&) noexcept;
  Window& operator=(Window&&) noexcept;
  ~Window();

  Stage& stage();
  bool is_closed() const;
  std::pair<int, int> size() const;  // as open() takes it
  // Waits for something to happen, at most so long; then everything that did is in input() and
  // letters(). Wakes early on wake().
  void wait(double most_seconds);
  static void wake();  // from any thread
  const Input& input() const;
  const std::vector<Letter>& letters() const;
  // Whether anything happened in the last wait().
  bool has_news() const;
  void show(Color background, float factor, const std::function<void(Canvas&)>& draw);
  // The frame that show() drew last, drawn again.
  Picture picture(Color background, const std::function<void(Canvas&)>& draw);
  void copy(const std::string& text);  // to the clipboard
  std::string pasted() const;          // what is there
  static double now();                 // seconds

 private:
  struct Parts;
  explicit Window(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace viz
