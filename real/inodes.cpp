// Inodes by number and by name.

#include "real/inodes.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

namespace real {

Descriptor Inodes::open_to_look(const std::string& name) const {
  Descriptor watch(::openat(directory_, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (watch.is_open() && mode_ == Mode::exact) {
    ::posix_fadvise(watch.number(), 0, 0, POSIX_FADV_RANDOM);
  }
  return watch;
}

Inode& Inodes::add(const struct stat& status, const std::string& name) {
  auto inode = std::make_unique<Inode>();
  inode->object = ordinals_->next();
  inode->number = status.st_ino;
  inode->name = name;
  inode->first_size = sim::Bytes{static_cast<std::uint64_t>(status.st_size)};
  return *(inodes_[inode->object] = std::move(inode));
}

void Inodes::add_unused(int fd, const std::string& name) {
  struct stat status {};
  if (::fstat(fd, &status) == 0) add(status, name);
}

Inode* Inodes::known(int fd, const std::string& name) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return nullptr;
  const auto same = std::find_if(inodes_.begin(), inodes_.end(), [&](const auto& entry) {
    return entry.second->number == status.st_ino;
  });
  if (same != inodes_.end() && same->second->watch.is_open()) return same->second.get();
  Descriptor watch = open_to_look(name);
  if (!watch.is_open()) return nullptr;
  Inode& inode = same != inodes_.end() ? *same->second : add(status, name);
  inode.watch = std::move(watch);
  return &inode;
}

Inode* Inodes::lookup(std::string_view name) {
  for (const auto& [object, inode] : inodes_) {
    if (!inode->name.empty() && inode->name == name) return inode.get();
  }
  return nullptr;
}

Inode* Inodes::find(std::string_view name) {
  Inode* inode = lookup(name);
  if (inode != nullptr && inode->watch.is_open()) return inode;
  const std::string path(name);
  const Descriptor file = open_to_look(path);
  return file.is_open() ? known(file.number(), path) : nullptr;
}

void Inodes::forget_name(std::string_view name) {
  Inode* inode = lookup(name);
  if (inode == nullptr) return;
  inode->name.clear();
  drop_if_dead(*inode);
}

void Inodes::rename(std::string_view from, std::string_view to) {
  Inode* inode = lookup(from);
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
