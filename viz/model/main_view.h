// What the main screen shows, as plain data: two computers side by side at one moment of a run.
// Texts and states only; where things are drawn is the panels' business.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/core/event.h"
#include "viz/model/page_state.h"

namespace viz {

// What two computers say of the same thing.
enum class Match : std::uint8_t {
  none,  // nothing to compare
  equal,
  explained,  // differs, for a reason that is known
  different,
  mirrored,  // this computer took it from the simulated one: it cannot differ
  unseen,    // one of them cannot show it
};

struct LevelView {
  std::string index;  // "254"
  std::string label;  // "level 4"
  float height = 0;   // where in its table the entry lies, 0 to 1
  bool is_reached = true;
};

struct CellView {
  std::string label;  // "p0"
  PageState state = PageState::absent;
  bool is_accessed = false;
  bool is_current = false;  // of the access that is shown
  std::string below;        // its number
  std::string tip;
  std::optional<sim::PageName> page = {};  // that can be looked at closely
};

struct BitView {
  std::string name;  // "present"
  bool is_set = false;
};

// The access that the picture shows, and how it is translated.
struct AddressView {
  std::string access;       // "store to mm[3]"; empty: none yet
  std::string address;      // "7f5c 0a3e 200c"
  std::string place;        // "page 0 of data.bin + 12"
  std::string tlb;          // "TLB hit"; empty where there is no TLB
  bool is_tlb_hit = false;  // then the tables were not walked
  std::vector<LevelView> levels;
  std::string offset;
  CellView frame;
  std::vector<BitView> bits;
  std::string bits_title;     // "Page-table entry"
  std::string why_no_tables;  // in place of the tables
};

struct ValueView {
  std::string value, hex;
  PageState state = PageState::absent;  // dirty: filled so
  bool differs = false;                 // from what the program sees
};

struct TruthView {
  std::string name;  // "page cache"
  std::vector<ValueView> values;
  std::string why_not;  // in place of the values
};

struct FileTruthsView {
  std::string title;  // "data.bin, seen three ways"
  std::string note;   // "int32, bytes in hex"
  std::vector<TruthView> truths;
  std::string why_none;  // no file yet
};

struct ComputerView {
  std::string title, subtitle;
  AddressView address;
  std::string frames_title, frames_note;
  std::vector<CellView> frames;
  std::string frames_below;
  FileTruthsView file;
  std::string why_not;  // in place of everything
};

struct FigureView {
  std::string label;  // "faults"
  std::string simulated, real;
  Match match = Match::none;
};

struct AgreementView {
  std::vector<FigureView> figures;
  std::string verdict;  // "all 5 equal"
  std::string cause;    // of the first difference, in a sentence
  // Of the rows of the two computers, from the top: walk, entry, frames, three truths.
  Match walk = Match::unseen, entry = Match::none, frames = Match::none;
  Match program = Match::none, cache = Match::none, disk = Match::unseen;
};

}  // namespace viz
