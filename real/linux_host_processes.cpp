// fork, turns, and the end of a process.

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>

#include "real/forked_actor.h"
#include "real/linux_host_parts.h"

namespace real {

using sim::SystemCall;

// What the child has from the beginning, made before the fork so that both number it alike.
struct LinuxHost::Inherited {
  std::vector<std::pair<const OpenFile*, Descriptor>> files;
  std::vector<Descriptor> origins;  // Origin::file, in the order of the origins
  std::vector<int> numbers;         // of all of them
};

LinuxHost::Inherited LinuxHost::inheritance() {
  const HostParts& host = parts_->host;
  Inherited inherited;
  const auto again = [&](const Descriptor& file) {
    Descriptor copy(::fcntl(file.number(), F_DUPFD_CLOEXEC, 0));
    inherited.numbers.push_back(copy.number());
    return copy;
  };
  for (const auto& file : host.now->files.all()) {
    inherited.files.emplace_back(file.get(), again(file->real));
  }
  for (const auto& origin : host.now->areas.origins()) {
    inherited.origins.push_back(origin->file.is_open() ? again(origin->file) : Descriptor());
  }
  inherited.numbers.push_back(host.directory);
  inherited.numbers.push_back(parts_->swap.file());
  return inherited;
}

// Which of a mapping's entries the child has, by Linux 6.18: all of a private mapping that ever
// held a page of its own, none of another. Both lose the right to store to them.
void LinuxHost::share_pages(Origin& parents, Origin& childs) {
  HostParts& host = parts_->host;
  const bool is_private =
      parents.backing == Backing::anonymous || parents.backing == Backing::file_private;
  constexpr std::uint64_t kEnd = std::uint64_t{1} << 52;
  if (parents.backing ==
      Backing::shared_anonymous) {  // one object, and what is in swap is for both
    childs.pages.copy_from(parents.pages, page_bit::swapped);
    parents.pages.for_each(0, kEnd, page_bit::swapped, [&](std::uint64_t page) {
      childs.slots[page] = parents.slots.at(page);
    });
    parts_->swap.share_slots(childs);
  }
  if (!is_private || !parents.had_own_page) return;
  parents.pages.clear_range(0, kEnd, page_bit::writable);
  childs.pages.copy_from(parents.pages, 0xff);
  childs.slots = parents.slots;
  parts_->swap.share_slots(parents);
  parents.pages.for_each(0, kEnd, page_bit::present, [&](std::uint64_t page) {
    const std::uint8_t known = parents.pages.get(page);
    const bool is_own =
        parents.is_file() ? (known & page_bit::copied) != 0 : (known & page_bit::zero) == 0;
    if (!is_own) return;
    const auto already = parents.sharers.try_emplace(page, host.next_sharing).first;
    childs.sharers[page] = already->second;
    ++host.next_sharing;
  });
}

LinuxHost::Objects LinuxHost::take_over(Inherited& inherited, Process& child) {
  HostParts& host = parts_->host;
  const auto& origins = host.now->areas.origins();
  Objects objects;
  for (const auto& origin : origins) {
    const bool is_private = origin->backing != Backing::shared_anonymous && origin->owns_pages();
    if (is_private) objects.emplace_back(origin->object, 0);
  }
  std::sort(objects.begin(), objects.end());
  for (auto& [parents, childs] : objects) childs = host.ordinals.next();
  const std::map<std::uint32_t, std::uint32_t> now(objects.begin(), objects.end());

  const std::vector<Area> areas = host.now->areas.all();
  for (std::size_t i = 0; i < origins.size(); ++i) {
    Origin& parents = *origins[i];
    auto copy = std::make_unique<Origin>();
    copy->backing = parents.backing;
    copy->object = now.contains(parents.object) ? now.at(parents.object) : parents.object;
    copy->inode = parents.inode;
    copy->base = parents.base;
    copy->bytes = parents.bytes;
    copy->first_file_page = parents.first_file_page;
    copy->may_write = parents.may_write;
    copy->file = std::move(inherited.origins[i]);
    copy->file_there = copy->file.number();
    copy->had_own_page = parents.had_own_page;
    share_pages(parents, *copy);
    if (copy->inode != nullptr) host.inodes.use(*copy->inode);
    std::vector<Area> parts;
    for (const Area& area : areas) {
      if (area.origin == &parents) parts.push_back(area);
    }
    child.areas.add_copy(std::move(copy), parts);
  }
  for (auto& [file, real] : inherited.files) {
    child.files.add_copy(*file, std::move(real));
    host.inodes.use(*file->inode);
  }
  return objects;
}

// Nothing of userfaultfd is inherited: without this shared pages could not be put back.
void LinuxHost::register_pages(Process& child) {
  HostParts& host = parts_->host;
  if (host.mode != Mode::exact || !host.now->userfault.is_available()) return;
  constexpr const char* kLost = "a forked process's pages could not be registered, userfaultfd: ";
  if (!child.userfault.is_available()) remarks_.push_back(kLost + child.userfault.why_not());
  if (!child.userfault.is_available()) return;
  const auto check = [&](int error) {
    if (error != 0) remarks_.push_back(std::string(kLost) + std::strerror(error));
  };
  for (const auto& origin : child.areas.origins()) {
    if (origin->backing != Backing::shared_anonymous) continue;
    origin->pages.for_each(0, std::uint64_t{1} << 52, page_bit::swapped, [&](std::uint64_t page) {
      const sim::VirtAddr at{origin->base + (page << host.geometry.shift())};
      check(child.userfault.register_missing(at, host.geometry.page_size()));
    });
  }
}

sim::Result<sim::Forked> LinuxHost::fork() {
  HostParts& host = parts_->host;
  if (host.processes.size() >= sim::kMostProcesses) return failed(SystemCall::fork, EAGAIN);
  SIM_CHECK(host.now->actor->is_this_process());  // session/processes.h asks nobody else

  Inherited inherited = inheritance();
  for (const auto& origin : host.now->areas.origins()) parts_->swap.own_what_is_back(*origin);
  auto forked = ForkedActor::fork(inherited.numbers);
  if (const auto* problem = std::get_if<Problem>(&forked)) {
    remarks_.push_back("the program could not be forked: " + problem->what);
    return failed(SystemCall::fork, EAGAIN);
  }
  const WriteProtectSource write_protect =
      host.now->userfault.is_available() ? WriteProtectSource::best : WriteProtectSource::none;
  const sim::ProcessId id{++host.last_process};
  auto child =
      std::make_unique<Process>(id, host.geometry, std::move(std::get<0>(forked)), write_protect);
  const Objects objects = take_over(inherited, *child);
  register_pages(*child);
  host.processes.push_back(std::move(child));
  warm_up();  // this process's own memory is copied on write since the fork
  if (host.faults.has_addresses() && !has_told_of_fork_) {
    has_told_of_fork_ = true;
    remarks_.push_back(
        "the faults of a forked process are counted around each touch of it, since a sealed "
        "process can open no perf events");
  }
  const sim::Forked made{id, objects};
  ++host.calls;
  host.emit(sim::fork_event(made, host.clock));
  return made;
}

void LinuxHost::switch_to(sim::ProcessId id) {
  HostParts& host = parts_->host;
  const auto found = std::find_if(host.processes.begin(), host.processes.end(),
                                  [&](const auto& process) { return process->id == id; });
  if (found == host.processes.end() || found->get() == host.now) return;
  host.now = found->get();
  host.emit(
      {.page = {sim::kNoObject, 0}, .count = id.number, .kind = sim::EventKind::process_switch});
  // One that has ended was the running one until now, without anything.
  std::erase_if(host.processes, [](const auto& process) { return process->actor == nullptr; });
}

void LinuxHost::exit() {
  HostParts& host = parts_->host;
  Process& process = *host.now;
  const bool is_first = process.actor->is_this_process();
  for (const auto& [object, inode] : host.inodes.all()) {
    if (inode->watch.is_open()) settle(*inode, Call::to_come);
  }
  if (!is_first) process.actor = nullptr;  // it ends, and all that it had goes at once
  for (const Area& area : process.areas.all()) {
    if (is_first) {
      process.actor->call(SYS_munmap, {area.base, area.end - area.base});
      if (area.origin->parts == 1) drop_guard(*area.origin);
    }
    parts_->swap.forget_slots(*area.origin, 0, std::uint64_t{1} << 52);
    let_go(process.areas.remove(area));
  }
  while (!process.files.all().empty()) {
    const OpenFile& file = *process.files.all().back();
    Inode* inode = file.inode;
    process.files.remove(file.fd);
    let_go(inode);
  }
  returned({SystemCall::exit, sim::kNoObject, 0, 0});
}

}  // namespace real
