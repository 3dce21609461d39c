// A list over the screen, at its right.

#include "viz/panels/export_panel.h"

#include "viz/panels/menu.h"

namespace viz {
namespace {

constexpr float kWidth = 620, kTop = 60, kHeading = 48, kRow = 40, kButton = 72;

class Export {
 public:
  Export(Pen& pen, const ExportView& view)
      : pen_(pen), p_(pen.p), view_(view), right_(pen.canvas.size().x - 16) {}

  ExportAnswer draw() {
    const auto rows = static_cast<float>(1 + view_.panels.size() + view_.tables.size());
    const Rect at{right_ - kWidth, kTop, kWidth, 2 * kHeading + rows * kRow + 44};
    pen_.canvas.fill(at.inset(-1), p_.outline, 9);
    pen_.canvas.fill(at, p_.panel, 8);
    y_ = at.y;
    heading("Pictures, for slides");
    picture({"", "The whole window"});
    for (const Exportable& panel : view_.panels) picture(panel);
    heading("Tables, of this moment");
    for (const Exportable& table : view_.tables) table_row(table);
    pen_.canvas.text({at.x + 20, at.bottom() - 18}, Align::left, kLabel, p_.faint,
                     "Files are saved in the folder that the app was started in.");
    if (is_left(pen_, at)) answer_.is_closed = true;
    return answer_;
  }

 private:
  void heading(std::string_view words) {
    pen_.canvas.text({right_ - kWidth + 20, y_ + 32}, Align::left, kStrong, p_.ink, words);
    y_ += kHeading;
  }
  void label(std::string_view words, int buttons) {
    const float room = kWidth - 40 - static_cast<float>(buttons) * (kButton + 8);
    pen_.canvas.text({right_ - kWidth + 20, y_ + 26}, Align::left, kLabel, p_.ink,
                     pen_.canvas.shorten(kLabel, words, room));
  }
  // At a place from the right.
  void choice(const std::string& name, int place, std::string_view words, const Command& command) {
    const float x = right_ - 8 - static_cast<float>(place + 1) * (kButton + 8);
    if (button(pen_, name, {x, y_ + 3, kButton, 34}, words, ButtonLook::outlined)) {
      answer_.command = command;
      answer_.is_closed = true;
    }
  }
  void picture(const Exportable& what) {
    const std::string name = what.name.empty() ? "window" : what.name;
    label(what.title, 2);
    choice("save.png." + name, 1, "PNG", ExportPicture{PictureFormat::png, what.name});
    choice("save.svg." + name, 0, "SVG", ExportPicture{PictureFormat::svg, what.name});
    y_ += kRow;
  }
  void table_row(const Exportable& what) {
    label(what.title, 3);
    choice("save.csv." + what.name, 2, "CSV", ExportTable{TableFormat::csv, what.name});
    choice("save.json." + what.name, 1, "JSON", ExportTable{TableFormat::json, what.name});
    choice("copy." + what.name, 0, "Copy", CopyTable{what.name});
    y_ += kRow;
  }

  Pen& pen_;
  const Palette& p_;
  const ExportView& view_;
  float right_;
  float y_ = 0;
  ExportAnswer answer_;
};

}  // namespace

ExportAnswer draw_export(Pen& pen, const ExportView& view) { return Export(pen, view).draw(); }

}  // namespace viz
