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

// An open file description: what one open() made. Descriptors of several processes can lead to it
// after a fork, and they share its position.
struct OpenDescription {
  std::uint32_t file = 0;  // the inode's object number
  FileOffset position;
  OpenAccess access = OpenAccess::read_only;
  bool append = false;
  std::uint64_t number = 0;  // of the open(), as mappings made through it remember it
  unsigned descriptors = 0;  // that lead to it

  bool can_read() const { return access != OpenAccess::write_only; }
  bool can_write() const { return access != OpenAccess::read_only; }
};

// The descriptors of one process, each with the number of its description.
using DescriptorTable = std::map<Fd, std::uint64_t>;

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

  // What a descriptor of the running process leads to, or null.
  OpenDescription* find(Fd);
  const OpenDescription& description(std::uint64_t number) const;
  bool is_open(std::uint64_t description) const { return descriptions_.contains(description); }
  const DescriptorTable& descriptors() const { return descriptors_; }
  // The lowest free number from 3 on: 0 to 2 are standard input, output and error.
  Fd open(OpenDescription);
  void close(Fd);
  // The running process's descriptors once more, for a process forked from it.
  DescriptorTable copy_descriptors();
  // Another process runs: its table comes, the other's goes.
  void exchange(DescriptorTable& other) { descriptors_.swap(other); }

  const std::map<std::string, std::uint32_t, std::less<>>& names() const { return names_; }

 private:
  std::map<std::uint32_t, Inode> inodes_;
  std::map<std::string, std::uint32_t, std::less<>> names_;
  std::map<std::uint64_t, OpenDescription> descriptions_;
  DescriptorTable descriptors_;  // of the running process
  std::uint64_t next_description_ = 0;
};

}  // namespace sim
