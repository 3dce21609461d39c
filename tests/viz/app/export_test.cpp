// What can be saved and copied: pictures of panels, SVG drawings, tables.

#include <doctest/doctest.h>
#include <imgui.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/viz/app/shipped.h"
#include "viz/app/still.h"
#include "viz/platform/stage.h"

namespace {

using namespace viz;
using namespace viz_tests;

// Notes the texts, forgets the shapes.
class Words : public Surface {
 public:
  void fill(Rect, Color, float) override {}
  void outline(Rect, Color, float, float) override {}
  void stroke(std::span<const Point>, Ends, Color, float) override {}
  void polygon(std::span<const Point>, Color) override {}
  void disc(Point, float, Color) override {}
  void ring(Point, float, Color, float) override {}
  void cells(std::string_view, Rect, const CellGrid&) override {}
  void text(const Line&, std::string_view text) override {
    if (!text.empty()) texts.emplace_back(text);
  }
  std::vector<std::string> texts;
};

std::vector<std::string> words_of(App& app) {
  auto fonts = FontSet::open();
  ImFontAtlas atlas;
  std::get<FontSet>(fonts).build(atlas, 1);
  Words words;
  Canvas canvas(words, std::get<FontSet>(fonts), 1);
  app.frame(canvas, nobody());
  return words.texts;
}

std::vector<std::string> texts_in(const std::string& svg) {
  std::vector<std::string> texts;
  for (std::size_t at = svg.find("<text"); at != std::string::npos; at = svg.find("<text", at)) {
    at = svg.find('>', at) + 1;
    std::string text = svg.substr(at, svg.find("</text>", at) - at);
    const std::pair<const char*, const char*> names[] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}};
    for (const auto& [name, sign] : names) {
      for (std::size_t n = text.find(name); n != std::string::npos; n = text.find(name, n + 1)) {
        text.replace(n, std::string_view(name).size(), sign);
      }
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

std::string svg(App& app, const std::string& panel = "") {
  auto drawn = svg_of(app, panel);
  REQUIRE(std::holds_alternative<std::string>(drawn));
  return std::get<std::string>(std::move(drawn));
}

TEST_CASE("a drawing has the same words as the screen, in the same order, on every screen") {
  App app(shipped(), {.on_real = false}, {});
  open(app, "three-programs", "program-3");
  app.apply(SeekTo{*app.session().player()->film().tick_of({.line = 4})});
  for (const Command& screen :
       {Command{Show{Screen::main}}, Command{Show{Screen::steps}}, Command{Show{Screen::editor}},
        Command{PullPlug{}}, Command{KillNow{}}, Command{FillDisk{}}, Command{EmptyFile{}}}) {
    app.apply(screen);
    app.wait();
    const auto words = words_of(app);
    CHECK(words.size() > 30);
    CHECK(texts_in(svg(app)) == words);
  }
}

TEST_CASE("the same state gives the same drawing, byte for byte, whatever the window's size") {
  App app(shipped(), {.on_real = false}, {});
  app.wait();
  const std::string before = svg(app);
  Offscreen screen = offscreen(800, 500);
  (void)draw(screen, app);
  CHECK(svg(app) == before);
  app.apply(SeekEnd{true});
  CHECK(svg(app) != before);
}

TEST_CASE("each panel of each screen can be had alone, with words of the screen") {
  App app(shipped(), {.on_real = false}, {});
  open(app, "choose-a-strategy", "map");
  app.apply(SeekEnd{true});
  for (const Command& screen :
       {Command{Show{Screen::main}}, Command{Show{Screen::steps}}, Command{Show{Screen::editor}},
        Command{PullPlug{}}, Command{Show{Screen::compare}}}) {
    app.apply(screen);
    app.wait();
    const auto all = texts_in(svg(app));
    REQUIRE_FALSE(app.panels().empty());
    std::vector<std::string> names;
    for (const NamedPanel& panel : std::vector<NamedPanel>(app.panels())) {
      CAPTURE(panel.name);
      CHECK(std::find(names.begin(), names.end(), panel.name) == names.end());
      names.emplace_back(panel.name);
      CHECK(panel.at.x >= 0);
      CHECK(panel.at.y >= 0);
      CHECK(panel.at.right() <= kGridWidth);
      CHECK(panel.at.bottom() <= kGridHeight);
      const auto part = texts_in(svg(app, std::string(panel.name)));
      CHECK_FALSE(part.empty());
      CHECK(part.size() < all.size());
      for (const std::string& text : part) {
        CHECK(std::find(all.begin(), all.end(), text) != all.end());
      }
    }
  }
}

TEST_CASE("a panel's picture is that part of the window's") {
  App app(shipped(), {.on_real = false}, {});
  app.wait();
  Offscreen screen = offscreen(800, 500);
  const Picture whole = draw(screen, app);
  const auto place = panel_place(app, "timeline");
  REQUIRE(std::holds_alternative<Rect>(place));
  const Rect at = screen.to_pixels(std::get<Rect>(place));
  const Picture part = part_of(whole, at);
  CHECK(part.width == 788);
  CHECK(part.height == 81);
  const int left = static_cast<int>(at.x), top = static_cast<int>(at.y);
  for (const auto& [x, y] : {std::pair{0, 0}, {part.width - 1, part.height - 1}, {400, 40}}) {
    CHECK(std::equal(part.at(x, y), part.at(x, y) + 3, whole.at(left + x, top + y)));
  }
}

TEST_CASE("a panel or a table that is not there is told with those that are") {
  App app(shipped(), {.on_real = false}, {});
  app.wait();
  Offscreen screen = offscreen(800, 500);
  (void)draw(screen, app);
  const auto panel = panel_place(app, "nowhere");
  REQUIRE(std::holds_alternative<Problem>(panel));
  CHECK(std::get<Problem>(panel).text.find("simulated") != std::string::npos);
  const auto table = app.table_text({TableFormat::csv, "nothing"});
  REQUIRE(std::holds_alternative<Problem>(table));
  CHECK(std::get<Problem>(table).text.find("program") != std::string::npos);
}

TEST_CASE("saving a table wishes for a file, copying it for the clipboard with tabs") {
  App app(shipped(), {.on_real = false}, {});
  app.wait();
  app.apply(ExportTable{TableFormat::json, "frames"});
  const auto saved = app.take_wish();
  REQUIRE(std::holds_alternative<App::SaveText>(saved));
  CHECK(std::get<App::SaveText>(saved).ending == std::string("json"));
  CHECK(nlohmann::json::parse(std::get<App::SaveText>(saved).text)["table"] == "frames");
  CHECK(std::holds_alternative<std::monostate>(app.take_wish()));
  app.apply(CopyTable{});
  const auto copied = app.take_wish();
  REQUIRE(std::holds_alternative<App::CopyText>(copied));
  CHECK(std::get<App::CopyText>(copied).text.starts_with("line\tsource\t"));
  app.apply(ExportTable{TableFormat::csv, "nothing"});
  CHECK(std::holds_alternative<std::monostate>(app.take_wish()));
  CHECK(app.session().message().find("no table 'nothing'") != std::string::npos);
}

TEST_CASE("in the editor Ctrl+C copies the program") {
  App app(shipped(), {.on_real = false}, {});
  app.wait();
  app.apply(Show{Screen::editor});
  app.edit_by(U'c', "");
  const auto copied = app.take_wish();
  REQUIRE(std::holds_alternative<App::CopyText>(copied));
  CHECK(std::get<App::CopyText>(copied).text == app.session().here().program.source);
}

TEST_CASE("the menu of what can be saved answers a click, however slow, and closes") {
  App app(shipped(), {.on_real = false}, {});
  app.wait();
  Offscreen screen = offscreen(800, 500);
  for (const auto& [button, panel] :
       {std::pair{"save.svg.window", ""}, {"save.svg.timeline", "timeline"}}) {
    CAPTURE(button);
    click_slowly(screen, app, "save");
    click_slowly(screen, app, button);
    const auto wish = app.take_wish();
    REQUIRE(std::holds_alternative<ExportPicture>(wish));
    CHECK(std::get<ExportPicture>(wish).format == PictureFormat::svg);
    CHECK(std::get<ExportPicture>(wish).panel == panel);
    (void)draw(screen, app);
    CHECK_FALSE(app.controls().places().contains(button));
  }
}

TEST_CASE("a lesson is opened by a slow click too, and a click beside the menu closes it") {
  App app(shipped(), {.on_real = false}, {});
  app.wait();
  Offscreen screen = offscreen(800, 500);
  click_slowly(screen, app, "lessons");
  click_slowly(screen, app, "lesson.choose-a-strategy");
  CHECK(app.session().lessons()[app.session().lesson()].name == "choose-a-strategy");
  click_slowly(screen, app, "machine");
  (void)draw(screen, app);
  REQUIRE(app.controls().places().contains("frames.16"));
  click_slowly(screen, app, "menu.close");
  (void)draw(screen, app);
  CHECK_FALSE(app.controls().places().contains("frames.16"));
}

}  // namespace
