// Inodes by number and by name.

#include "real/inodes.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

namespace real {

Inode* Inodes::known(int fd, const std::string& name) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return nullptr;
  for (const auto& [object, inode] : inodes_) {
    if (inode->number == status.st_ino) return inode.get();
  }
  Descriptor watch(::openat(directory_, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!watch.is_open()) return nullptr;
  if (mode_ == Mode::exact) ::posix_fadvise(watch.number(), 0, 0, POSIX_FADV_RANDOM);
  auto inode = std::make_unique<Inode>();
  inode->object = ordinals_->next();
  inode->number = status.st_ino;
  inode->name = name;
  inode->watch = std::move(watch);
  Inode* made = inode.get();
  inodes_[made->object] = std::move(inode);
  return made;
}

Inode* Inodes::find(std::string_view name) {
  for (const auto& [object, inode] : inodes_) {
    if (!inode->name.empty() && inode->name == name) return inode.get();
  }
  return nullptr;
}

void Inodes::forget_name(std::string_view name) {
  Inode* inode = find(name);
  if (inode == nullptr) return;
  inode->name.clear();
  drop_if_dead(*inode);
}

void Inodes::rename(std::string_view from, std::string_view to) {
  Inode* inode = find(from);
  if (inode == nullptr || from == to) return;
  forget_name(to);
  inode->name = to;
}

void Inodes::release(Inode& inode) {
  --inode.users;
  drop_if_dead(inode);
}

void Inodes::drop_if_dead(Inode& inode) {
  if (inode.users == 0 && inode.name.empty()) inodes_.erase(inode.object);
}

OpenFile* OpenFiles::find(sim::Fd fd) {
  for (const auto& file : files_) {
    if (file->fd == fd) return file.get();
  }
  return nullptr;
}

OpenFile& OpenFiles::add(Descriptor real, Inode& inode, sim::OpenFlags flags) {
  int number = 3;
  while (find(sim::Fd{number}) != nullptr) ++number;
  auto file = std::make_unique<OpenFile>();
  file->fd = sim::Fd{number};
  file->real = std::move(real);
  file->there = file->real.number();
  file->inode = &inode;
  file->flags = flags;
  files_.push_back(std::move(file));
  return *files_.back();
}

OpenFile& OpenFiles::add_copy(const OpenFile& original, Descriptor real) {
  auto file = std::make_unique<OpenFile>();
  file->fd = original.fd;
  file->real = std::move(real);
  file->there = file->real.number();
  file->inode = original.inode;
  file->flags = original.flags;
  files_.push_back(std::move(file));
  return *files_.back();
}

void OpenFiles::remove(sim::Fd fd) {
  std::erase_if(files_, [&](const auto& file) { return file->fd == fd; });
}

}  // namespace real
