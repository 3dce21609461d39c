// The names on the disk: where each leads for sure, and the changes that may not have got there.
//
// Changes that concern the same name or the same file reach the disk in order, and each whole:
// after a rename either the old name or the new one leads to the file. Others reach it in any
// order. A file's fsync or msync brings its own changes there, and those that they build on.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/event.h"

namespace sim {

class Directory {
 public:
  using Names = std::map<std::string, std::uint32_t, std::less<>>;  // to the file's object number

  struct Change {
    std::string removed;  // a name that goes; empty: none
    std::string added;    // a name that leads to `file` now; empty: none
    std::uint32_t file = kNoObject;
    std::uint32_t replaced = kNoObject;  // what `added` led to before
  };

  // A file that was there before power-on.
  void install(std::string_view name, std::uint32_t file);
  void change(Change);
  // What fsync and msync of this file do.
  void make_durable(std::uint32_t file);

  const Names& durable() const { return durable_; }
  bool may_lead_to(std::uint32_t file) const;

  // What a set of names may lead to, each time as one: the states that the disk goes through.
  // Distinct, oldest first; the names and files of two chains differ.
  struct Chain {
    std::vector<Names> states;
  };
  std::vector<Chain> chains() const;

 private:
  static void apply(const Change&, Names&);

  Names durable_;
  std::vector<Change> pending_;  // in order
};

}  // namespace sim
