// Tables as text: for spreadsheets, for programs, for the clipboard.

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "tests/viz/model/films.h"
#include "viz/model/tables.h"

namespace {

using namespace viz;
using json = nlohmann::json;

const Table kTable{"t",
                   "A table",
                   {"line", "source, as it stands", "share", "is", "none"},
                   {{std::uint64_t{3}, std::string("a[\"x\"] = 1, 2\tµ"), 0.25, true, {}}}};

TEST_CASE("CSV has a heading, texts in quotes with theirs doubled, and nothing as nothing") {
  CHECK(csv_of(kTable) ==
        "line,\"source, as it stands\",share,is,none\n"
        "3,\"a[\"\"x\"\"] = 1, 2\tµ\",0.25,true,\n");
}

TEST_CASE("on the clipboard a tab ends a cell, and no cell has one") {
  CHECK(tsv_of(kTable) ==
        "line\tsource, as it stands\tshare\tis\tnone\n"
        "3\ta[\"x\"] = 1, 2 µ\t0.25\ttrue\t\n");
}

TEST_CASE("JSON has numbers as numbers, nothing as null, and says which moment it is of") {
  const json got = json::parse(json_of(kTable, {"a-lesson", "a-program", "4#2:17"}));
  CHECK(got["schema"] == "pagewalk.table/1");
  CHECK(got["table"] == "t");
  CHECK(got["at"] == "4#2:17");
  const json& row = got["rows"][0];
  CHECK(row["line"] == 3);
  CHECK(row["share"] == 0.25);
  CHECK(row["is"] == true);
  CHECK(row["none"].is_null());
  CHECK(json::parse(json_of(kTable, {"l", "p", ""}))["at"].is_null());
}

TEST_CASE("JSON of a text that is no UTF-8 can be read") {
  const Table broken{"t", "", {"a"}, {{std::string("\xC3(")}}};
  CHECK(json::accept(json_of(broken, {})));
}

std::unique_ptr<Session> session_of(const char* lesson, const char* program) {
  std::vector<lesson::Lesson> lessons;
  for (const lesson::Shipped& text : lesson::shipped_lessons()) {
    if (text.name != std::string_view(lesson)) continue;
    lessons.push_back(std::get<lesson::Lesson>(lesson::parse(text.name, text.text)));
  }
  auto made = std::make_unique<Session>(std::move(lessons), SessionOptions{.on_real = false});
  Session& session = *made;
  for (std::size_t p = 0; p < session.pages().size(); ++p) {
    if (session.pages()[p].program.name == program) session.apply(OpenPage{p});
  }
  session.wait();
  return made;
}

// What a column sums up to.
std::uint64_t sum(const Table& table, const std::string& column) {
  const auto at = std::find(table.columns.begin(), table.columns.end(), column);
  REQUIRE(at != table.columns.end());
  std::uint64_t sum = 0;
  for (const auto& row : table.rows) {
    const auto* n =
        std::get_if<std::uint64_t>(&row[static_cast<std::size_t>(at - table.columns.begin())]);
    if (n != nullptr) sum += *n;
  }
  return sum;
}

TEST_CASE("law: at every moment the lines' figures sum up to those of the whole run so far") {
  const auto made = session_of("more-pages-than-frames", "eight-frames");
  Session& session = *made;
  for (Tick tick = 0; tick <= session.player()->film().ticks(); ++tick) {
    CAPTURE(tick);
    session.apply(SeekTo{tick});
    const std::vector<Table> tables = tables_of(session, nullptr);
    const LineFigures total = session.player()->film().totals(tick);
    CHECK(tables.front().name == "program");
    CHECK(sum(tables.front(), "minor_faults") == total.minor);
    CHECK(sum(tables.front(), "major_faults") == total.major);
    CHECK(sum(tables.front(), "swapped_out") == total.swapped_out);
    CHECK(sum(tables.front(), "evicted") == total.evicted);
  }
}

TEST_CASE("every table of every screen has rows as long as its heading, and a name of its own") {
  const auto made = session_of("three-programs", "program-3");
  Session& session = *made;
  session.apply(SeekTo{*session.player()->film().tick_of({.line = 4})});
  for (const Command& screen : {Command{Show{Screen::main}}, Command{Show{Screen::steps}},
                                Command{PullPlug{}}, Command{KillNow{}}}) {
    session.apply(screen);
    std::vector<std::string> names;
    for (const Table& table : tables_of(session, nullptr)) {
      CAPTURE(table.name);
      CHECK_FALSE(table.title.empty());
      CHECK(std::find(names.begin(), names.end(), table.name) == names.end());
      names.push_back(table.name);
      for (const auto& row : table.rows) CHECK(row.size() == table.columns.size());
    }
    CHECK(names.size() >= 3);
  }
}

TEST_CASE("a table's place leads back to the moment that it is of") {
  const auto made = session_of("three-programs", "program-3");
  Session& session = *made;
  const Film& film = session.player()->film();
  for (Tick tick = 1; tick < film.ticks(); ++tick) {
    CAPTURE(tick);
    session.apply(SeekTo{tick});
    const std::string place = origin_of(session).place;
    REQUIRE_FALSE(place.empty());
    const auto parsed = session::parse_place(place);
    REQUIRE(std::holds_alternative<session::Place>(parsed));
    CHECK(film.tick_of(std::get<session::Place>(parsed)) == tick);
  }
}

}  // namespace
