// Names lead to inodes, descriptors to inodes and positions.

#include "sim/kernel/file_table.h"

#include "sim/core/check.h"

namespace sim {

Inode* FileTable::find(std::string_view name) {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : &inode(found->second);
}

Inode& FileTable::inode(std::uint32_t object) {
  const auto found = inodes_.find(object);
  SIM_CHECK(found != inodes_.end());
  return found->second;
}

const Inode& FileTable::inode(std::uint32_t object) const {
  const auto found = inodes_.find(object);
  SIM_CHECK(found != inodes_.end());
  return found->second;
}

Inode& FileTable::create(std::string_view name, std::uint32_t object) {
  Inode& inode = inodes_[object];
  inode.object = object;
  give_name(inode, name);
  return inode;
}

void FileTable::take_name(Inode& inode) {
  names_.erase(inode.name);
  inode.name.clear();
}

void FileTable::give_name(Inode& inode, std::string_view name) {
  SIM_CHECK(!names_.contains(name));
  names_.emplace(name, inode.object);
  inode.name = name;
}

void FileTable::erase(std::uint32_t object) {
  const Inode& gone = inode(object);
  SIM_CHECK(gone.name.empty());
  SIM_CHECK(gone.descriptors == 0);
  SIM_CHECK(gone.cache.count() == Pages{0});
  inodes_.erase(object);
}

Descriptor* FileTable::find(Fd fd) {
  const auto found = descriptors_.find(fd);
  return found == descriptors_.end() ? nullptr : &found->second;
}

Fd FileTable::open(Descriptor descriptor) {
  descriptor.description = next_description_++;
  Fd fd{3};
  for (const auto& [used, _] : descriptors_) {
    if (used != fd) break;
    ++fd.number;
  }
  descriptors_.emplace(fd, descriptor);
  ++inode(descriptor.file).descriptors;
  return fd;
}

void FileTable::close(Fd fd) {
  const auto found = descriptors_.find(fd);
  SIM_CHECK(found != descriptors_.end());
  --inode(found->second.file).descriptors;
  descriptors_.erase(found);
}

}  // namespace sim
