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

OpenDescription* FileTable::find(Fd fd) {
  const auto found = descriptors_.find(fd);
  return found == descriptors_.end() ? nullptr : &descriptions_.at(found->second);
}

const OpenDescription& FileTable::description(std::uint64_t number) const {
  return descriptions_.at(number);
}

Fd FileTable::open(OpenDescription description) {
  description.number = next_description_++;
  description.descriptors = 1;
  Fd fd{3};
  for (const auto& [used, _] : descriptors_) {
    if (used != fd) break;
    ++fd.number;
  }
  descriptors_.emplace(fd, description.number);
  descriptions_.emplace(description.number, description);
  ++inode(description.file).descriptors;
  return fd;
}

void FileTable::close(Fd fd) {
  const auto found = descriptors_.find(fd);
  SIM_CHECK(found != descriptors_.end());
  const auto description = descriptions_.find(found->second);
  --inode(description->second.file).descriptors;
  if (--description->second.descriptors == 0) descriptions_.erase(description);
  descriptors_.erase(found);
}

DescriptorTable FileTable::copy_descriptors() {
  for (const auto& [_, number] : descriptors_) {
    OpenDescription& description = descriptions_.at(number);
    ++description.descriptors;
    ++inode(description.file).descriptors;
  }
  return descriptors_;
}

}  // namespace sim
