// The files of the folder a program is executed in: copied in when the program first uses their
// names, and what changed carried back at the end, each file whole or not at all.

#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/session/play.h"

namespace session {

class CarriedFiles {
 public:
  explicit CarriedFiles(std::string folder) : folder_(std::move(folder)) {}

  // The file's bytes the first time its name is asked for; later, or when there is no regular file
  // of that name, nothing. Throws nothing: a file that cannot be read counts as a failure(), and so
  // does a link that leads out of the folder.
  std::optional<std::string> first_use(std::string_view name);
  // Names of the folder's regular files, and of links to such.
  std::vector<std::string> names() const;

  // Makes the folder's files as the program left them. `left` holds every file of the computer.
  // Returns those that could not be carried back; the others are.
  std::vector<Failure> carry_back(const Files& left) const;

  const std::optional<Failure>& failure() const { return failure_; }

 private:
  std::string path(std::string_view name) const;

  std::string folder_;
  std::set<std::string, std::less<>> used_;
  std::set<std::string> copied_;  // of those, what there was
  std::optional<Failure> failure_;
};

// The bytes of a folder's regular file. A link is followed within the folder only.
std::variant<std::string, Failure> read_file(const std::string& folder, const std::string& name);

}  // namespace session
