// A private directory on a real filesystem for one run's files. Whoever owns it removes it with all
// its contents, also when the child that worked in it died.

#pragma once

#include <string>

#include "real/descriptor.h"
#include "real/filesystem.h"
#include "real/problem.h"

namespace real {

class Scratch {
 public:
  // In $PAGEWALK_SCRATCH if that is set (and nowhere else); else in the first place that is
  // writable and on a disk filesystem of $XDG_CACHE_HOME/pagewalk (~/.cache/pagewalk), /var/tmp,
  // /tmp; else in the first that is writable at all.
  // Removes there what killed runs of this user left.
  static Or<Scratch> make();

  Scratch(Scratch&& other) noexcept;
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch();

  const std::string& path() const { return path_; }
  int directory() const { return directory_.number(); }
  const Filesystem& filesystem() const { return filesystem_; }
  // Why it cannot be worked in any more (somebody removed or moved it); empty while it can.
  std::string why_gone() const;
  // Whether its disk has no room for another page of a file.
  bool is_full() const;

 private:
  Scratch(std::string path, Descriptor directory, Filesystem filesystem);

  std::string path_;
  Descriptor directory_;
  Filesystem filesystem_;
};

}  // namespace real
