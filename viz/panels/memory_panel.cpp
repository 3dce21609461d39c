// A row for each kind: what it is, its bars over the lines, and both computers' figures.

#include "viz/panels/memory_panel.h"

#include <algorithm>

#include "viz/model/words.h"

namespace viz {
namespace {

constexpr float kLeft = 24, kRight = 1576, kTop = 160, kPitch = 92, kBar = 62;
constexpr Rect kChart{288, kTop, 944, 0};  // its height: the bands'
constexpr float kSimulated = 1360, kMatch = 1392, kReal = 1560;

class MemoryPanel {
 public:
  MemoryPanel(Pen& pen, const MemoryView& view)
      : pen_(pen),
        canvas_(pen.canvas),
        p_(pen.p),
        view_(view),
        width_(kChart.w / static_cast<float>(std::max<std::size_t>(6, view.lines.size()))) {}

  Command draw() {
    draw_head();
    for (std::size_t i = 0; i < view_.bands.size(); ++i) {
      draw_band(view_.bands[i], kTop + kPitch * static_cast<float>(i));
    }
    draw_lines();
    return asked_;
  }

 private:
  std::size_t over() const {
    return static_cast<std::size_t>(
        std::count_if(view_.lines.begin(), view_.lines.end(),
                      [](const MemoryLine& line) { return !line.is_ahead; }));
  }
  float x_of(std::size_t line) const { return kChart.x + width_ * static_cast<float>(line); }
  float bottom() const { return kTop + kPitch * static_cast<float>(view_.bands.size()) - 12; }

  void draw_head() {
    const float title = canvas_.text({kLeft, 110}, Align::left, kScreenTitle, p_.ink, view_.title);
    canvas_.text({kLeft + title + 16, 110}, Align::left, kLabel, p_.dim, view_.note);
    const Rect back{1476, 82, 100, 34};
    if (button(pen_, "leave", back, "Back", ButtonLook::outlined)) asked_ = Show{Screen::main};
    pen_.explain(back, "to the two computers (R, Esc)");
    canvas_.text({kLeft, 146}, Align::left, kStrong, p_.ink, view_.last);
    canvas_.text({kSimulated, 146}, Align::right, kLabel, p_.dim, "simulated");
    canvas_.text({kReal, 146}, Align::right, kLabel, p_.dim, "this computer");
  }

  // The numbers of the lines above, and a click on a column goes to the end of its line.
  void draw_lines() {
    const std::size_t now = over();
    float free_from = 0;
    for (std::size_t i = 0; i < view_.lines.size(); ++i) {
      const MemoryLine& line = view_.lines[i];
      const bool is_now = i + 1 == now;
      const float x = x_of(i) + width_ / 2;
      const TextStyle style{is_now ? Face::words_bold : Face::words, 16};
      const std::string label =
          width_ > 70 ? "line " + std::to_string(line.number) : std::to_string(line.number);
      const float half = canvas_.width_of(style, label) / 2;
      const bool has_room =
          x - half >= free_from && (is_now || i + 1 > now || x + half + 12 < x_of(now - 1));
      if (has_room) {
        canvas_.text({x, 146}, Align::center, style,
                     is_now          ? p_.ink
                     : line.is_ahead ? p_.faint
                                     : p_.dim,
                     label);
        free_from = x + half + 10;
      }
    }
    const Rect all{kChart.x, kTop, width_ * static_cast<float>(view_.lines.size()),
                   bottom() - kTop};
    const Control control = pen_.controls.control("memory.lines", all, Kind::pointer);
    const auto under = static_cast<std::size_t>(std::max(0.0f, (pen_.mouse.x - all.x) / width_));
    if (control.is_hovered && under < view_.lines.size()) {
      const MemoryLine& line = view_.lines[under];
      canvas_.outline({x_of(under), kTop - 4, width_, bottom() - kTop + 4}, p_.dim, 1, 3);
      pen_.explain(all, "line " + std::to_string(line.number) + ": " + line.source);
    }
    if (control.held_at) {
      const auto held =
          static_cast<std::size_t>(control.held_at->x * static_cast<double>(view_.lines.size()));
      asked_ = SeekTo{view_.lines[std::min(held, view_.lines.size() - 1)].end};
    }
  }

  void draw_band(const MemoryBand& band, float y) {
    const float base = y + kBar;
    canvas_.text({kLeft, y + 22}, Align::left, kStrong, p_.ink, band.name);
    float text = y + 42;
    for (const std::string& line : canvas_.wrap(kSmall, band.meaning, kChart.x - kLeft - 24)) {
      canvas_.text({kLeft, text}, Align::left, kSmall, p_.dim, line);
      text += 17;
    }
    canvas_.horizontal(kChart.x, base, kChart.w, p_.rule);
    for (std::size_t i = 0; i < view_.lines.size(); ++i) draw_bar(band, i, base);
    draw_figures(band, base);
  }

  float height_of(const MemoryBand& band, std::uint64_t pages) const {
    return (kBar - 18) * static_cast<float>(pages) / static_cast<float>(band.most);
  }

  void draw_bar(const MemoryBand& band, std::size_t i, float base) {
    const float x = x_of(i), gap = width_ > 12 ? 2 : 0;
    if (view_.lines[i].is_ahead) {
      if (i == over()) canvas_.dashes(x, base - 6, kChart.right() - x, p_.rule);
      return;
    }
    const auto& simulated = band.simulated[i];
    const auto real = i < band.real.size() ? band.real[i] : std::nullopt;
    const bool is_now = i + 1 == over();
    if (simulated && *simulated > 0) {
      const float h = std::max(3.0f, height_of(band, *simulated));
      canvas_.fill({x, base - h, width_ - gap, h}, is_now ? p_.ink : p_.outline);
    }
    if (real && real != simulated) {
      const float h = std::max(3.0f, height_of(band, *real));
      canvas_.outline({x, base - h, width_ - gap, h}, p_.major_fault, 3);
    }
    // Where it changed, how many.
    const bool changed = i == 0 || band.simulated[i] != band.simulated[i - 1];
    if (!simulated || (!changed && !is_now) || *simulated == 0) return;
    const TextStyle style = is_now ? kBarNow : kBarText;
    const std::string text = with_commas(*simulated);
    if (canvas_.width_of(style, text) > width_ - 2 && !is_now) return;
    canvas_.text({x + (width_ - gap) / 2, base - height_of(band, *simulated) - 5}, Align::center,
                 style, is_now ? p_.ink : p_.dim, text);
  }

  void draw_figures(const MemoryBand& band, float base) {
    const float y = base - 8;
    const auto put = [&](float x, const std::string& figure, std::string_view unknown) {
      const bool is_zero = figure == "0";
      if (figure.empty()) {
        canvas_.text({x, y}, Align::right, kLabel, p_.faint, unknown);
      } else {
        canvas_.text({x, y}, Align::right, is_zero ? kFigure : kFigureBold,
                     is_zero ? p_.faint : p_.ink, figure);
      }
    };
    put(kSimulated, band.simulated_now, "not known");
    put(kReal, band.real_now, band.match == Match::none ? "not run yet" : "not known");
    switch (band.match) {
      case Match::none: break;
      case Match::equal: canvas_.text({kMatch, y}, Align::center, kTitle, p_.dim, "="); break;
      case Match::explained:
      case Match::different:
        canvas_.fill({kMatch - 14, y - 20, 28, 28}, p_.major_fault, 3);
        canvas_.text({kMatch, y + 1}, Align::center, kTitle, p_.on_clean, "≠");
        break;
      case Match::mirrored: canvas_.text({kMatch, y}, Align::center, kTitle, p_.dim, "←"); break;
      case Match::unseen: canvas_.text({kMatch, y}, Align::center, kTitle, p_.faint, "?"); break;
    }
  }

  static constexpr TextStyle kSmall{Face::words, 14};
  static constexpr TextStyle kBarText{Face::mono, 14};
  static constexpr TextStyle kBarNow{Face::mono_bold, 16};

  Pen& pen_;
  Canvas& canvas_;
  const Palette& p_;
  const MemoryView& view_;
  float width_;  // of a line's column
  Command asked_;
};

}  // namespace

Command draw_memory(Pen& pen, const MemoryView& view, const std::string& action,
                    const Command& act) {
  pen.panel("memory", "memory by kind", {12, 74, 1576, 646});
  Command asked = MemoryPanel(pen, view).draw();
  if (button(pen, "next", {1072, 724, 504, 48}, action, ButtonLook::solid)) asked = act;
  return asked;
}

}  // namespace viz
