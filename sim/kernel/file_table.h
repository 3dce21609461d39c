// The files, their names, and the descriptors that are open on them.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sim/core/computer.h"
#include "sim/kernel/inode.h"

namespace sim {

struct Descriptor {
  std::uint32_t file = 0;  // the inode's object number
  FileOffset position;
  OpenAccess access = OpenAccess::read_only;
  bool append = false;
  std::uint64_t description = 0;  // which open() it is from: mappings made through it share it

  bool can_read() const { return access != OpenAccess::write_only; }
  bool can_write() const { return access != OpenAccess::read_only; }
};

class FileTable {
 public:
  // The inode a name leads to, or null.
  Inode* find(std::string_view name);
  // Requires: the inode exists.
  Inode& inode(std::uint32_t object);
  const Inode& inode(std::uint32_t object) const;
  std::map<std::uint32_t, Inode>& inodes() { return inodes_; }  // in order of creation
  const std::map<std::uint32_t, Inode>& inodes() const { return inodes_; }

  // Requires: the name is free.
  Inode& create(std::string_view name, std::uint32_t object);
  void take_name(Inode&);
  void give_name(Inode&, std::string_view name);
  // Requires: nothing refers to it, and no page of it is in the cache.
  void erase(std::uint32_t object);

  Descriptor* find(Fd);
  const std::map<Fd, Descriptor>& descriptors() const { return descriptors_; }
  // The lowest free number from 3 on: 0 to 2 are standard input, output and error.
  Fd open(Descriptor);
  void close(Fd);

  const std::map<std::string, std::uint32_t, std::less<>>& names() const { return names_; }

 private:
  std::map<std::uint32_t, Inode> inodes_;
  std::map<std::string, std::uint32_t, std::less<>> names_;
  std::map<Fd, Descriptor> descriptors_;
  std::uint64_t next_description_ = 0;
};

}  // namespace sim
