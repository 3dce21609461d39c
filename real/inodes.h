// The files of the scratch directory as this run knows them: which inode has which ordinal, and the
// program's descriptors.

#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "real/descriptor.h"
#include "real/mode.h"
#include "real/page_flags.h"
#include "sim/core/computer.h"

namespace real {

struct Inode {
  std::uint32_t object = 0;
  std::uint64_t number = 0;  // st_ino
  std::string name;          // empty once unlinked
  // For looking only: never moves the program's file position. Not open before the file's first
  // use: a folder may have more files than a process may open, and nothing happens to those.
  Descriptor watch;
  sim::Bytes first_size;     // when it got its ordinal
  PageFlags dirty;           // bit 1: seen to become dirty and not yet seen clean
  bool size_flushed = true;  // no change of size since the last flush
  std::uint32_t users = 0;   // descriptors and mappings
};

struct OpenFile {
  sim::Fd fd;
  Descriptor real;
  int there = -1;  // the same file, as the process that opened it numbers it
  // `there` is an open file description of its own: their positions are kept together.
  bool is_open_twice = false;
  Inode* inode = nullptr;
  sim::OpenFlags flags;
};

// Gives ordinals to inodes and to mappings that own pages, from one count.
class Ordinals {
 public:
  std::uint32_t next() { return next_++; }

 private:
  std::uint32_t next_ = 0;
};

class Inodes {
 public:
  Inodes(int directory, Mode mode, Ordinals& ordinals)
      : directory_(directory), mode_(mode), ordinals_(&ordinals) {}

  // Gives an ordinal to a file that is there when the program starts.
  void add_unused(int fd, const std::string& name);
  // The inode behind an open descriptor, given an ordinal if it is new. Nothing: the file cannot be
  // opened for looking (errno says why).
  Inode* known(int fd, const std::string& name);
  // The file of that name, which may have come into the directory since the start. Watched from now
  // on. Nothing: there is none.
  Inode* find(std::string_view name);
  void forget_name(std::string_view name);  // unlinked, or replaced by a rename
  void rename(std::string_view from, std::string_view to);

  void use(Inode& inode) { ++inode.users; }
  void release(Inode& inode);

  const std::map<std::uint32_t, std::unique_ptr<Inode>>& all() const { return inodes_; }

 private:
  Inode* lookup(std::string_view name);
  Descriptor open_to_look(const std::string& name) const;
  Inode& add(const struct stat& status, const std::string& name);
  void drop_if_dead(Inode& inode);

  int directory_;
  Mode mode_;
  Ordinals* ordinals_;
  std::map<std::uint32_t, std::unique_ptr<Inode>> inodes_;  // by ordinal: order of creation
};

class OpenFiles {
 public:
  OpenFile* find(sim::Fd fd);
  // The number a program gets is the lowest free one from 3 on, as in a fresh process.
  OpenFile& add(Descriptor real, Inode& inode, sim::OpenFlags flags);
  void remove(sim::Fd fd);
  // One more process has the same descriptor.
  OpenFile& add_copy(const OpenFile& file, Descriptor real);
  const std::vector<std::unique_ptr<OpenFile>>& all() const { return files_; }  // oldest first

 private:
  std::vector<std::unique_ptr<OpenFile>> files_;
};

}  // namespace real
