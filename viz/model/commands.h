// What a user can ask for. Panels return these; only the session acts on them.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "viz/model/beside.h"

namespace viz {

enum class Screen : std::uint8_t { main, steps, compare, beside, pages, memory, plug, editor };

struct OpenLesson {
  std::size_t lesson = 0;
};
struct OpenPage {
  std::size_t page = 0;
};
struct StepBy {
  enum class Unit : std::uint8_t { access, line } unit = Unit::access;
  int by = 1;
};
struct SeekTo {
  Tick tick = 0;
};
// The next execution of a line, after the one that is shown; round to the first.
struct SeekLine {
  std::uint32_t line = 0;
};
struct SeekEnd {
  bool is_end = true;  // else the beginning
};
struct TogglePlay {};
struct ChangeSpeed {
  int by = 1;  // doublings
};
struct Choose {
  std::size_t choice = 0;
};
// The one solid button.
struct DoNext {};
struct Show {
  Screen screen = Screen::main;
};
// The same, or back to the main one where it is shown.
struct ShowOrLeave {
  Screen screen = Screen::main;
};
struct EditSource {
  std::string text;
};
struct RunEdited {};
struct CancelRun {};
struct SetMachine {
  std::string assignment;  // "frames=16"
};
// The disasters, at the moment that is shown.
struct KillNow {};
struct PullPlug {};
struct FillDisk {};
struct EmptyFile {};  // by another program
struct DrawAgain {};  // another image of the disk
struct MicroStepTo {
  std::size_t step = 0;
};
// The timeline: closer around a place in view, by notches; all of it; another part, as wide.
struct ZoomTime {
  double place = 0;  // 0 to 1
  double notches = 1;
};
struct ShowAllTime {};
struct LookAtTime {
  double x = 0;  // of the whole run, 0 to 1
};
// The screen of all pages: one page is looked at closely, one file or array fills the map.
struct LookAtPage {
  std::optional<sim::PageName> page;  // none: the one that is accessed
};
struct MapOnly {
  std::optional<std::uint32_t> object;  // none: everything
};
// Side by side: what stands on the right, a program's name or a setting; what the two have in
// common at a moment; both to a place in view, 0 to 1; the right one to the next execution of a
// line.
struct ChooseBeside {
  std::string choice;
};
struct SetPace {
  Pace pace = Pace::access;
};
struct SeekBoth {
  double place = 0;
};
struct SeekLineBeside {
  std::uint32_t line = 0;
};
struct ToggleTheme {};
struct ToggleMotion {};
struct ScaleBy {
  int steps = 0;  // of 5 %; 0: back to 100 %
};
struct ToggleHelp {};
struct ToggleSave {};  // the menu of what can be saved and copied
// A still in a file: of a panel, or with no name of the whole window.
enum class PictureFormat : std::uint8_t { png, svg };
struct ExportPicture {
  PictureFormat format = PictureFormat::png;
  std::string panel;
};
// A table in a file or on the clipboard: with no name the foremost.
enum class TableFormat : std::uint8_t { csv, json };
struct ExportTable {
  TableFormat format = TableFormat::csv;
  std::string table;
};
struct CopyTable {
  std::string table;
};
struct Quit {};

// Where that step leads from a moment.
Tick after_step(const Player&, const StepBy&);

using Command =
    std::variant<std::monostate, OpenLesson, OpenPage, StepBy, SeekTo, SeekLine, SeekEnd,
                 TogglePlay, ChangeSpeed, Choose, DoNext, Show, ShowOrLeave, EditSource, RunEdited,
                 CancelRun, SetMachine, KillNow, PullPlug, FillDisk, EmptyFile, DrawAgain,
                 MicroStepTo, ZoomTime, ShowAllTime, LookAtTime, LookAtPage, MapOnly, ChooseBeside,
                 SetPace, SeekBoth, SeekLineBeside, ToggleTheme, ToggleMotion, ScaleBy, ToggleHelp,
                 ExportPicture, ExportTable, ToggleSave, CopyTable, Quit>;

}  // namespace viz
