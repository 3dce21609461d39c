// Touches that end the program: of nobody's memory, by a signal, or where memory ran out.

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "real/touches.h"

namespace real {

using sim::EventKind;
using sim::Outcome;

// Nothing of the program lies there. The access is not made: it could hit this process's own
// memory, which a program of its own would not have.
Outcome Touches::refuse(std::uint64_t address, std::uint8_t operand) {
  host_->emit({.page = {sim::kNoObject, 0},
               .kind = EventKind::signal,
               .operand = operand,
               .detail = SIGSEGV});
  ++host_->clock;
  return {SIGSEGV, sim::VirtAddr{address}};
}

Outcome Touches::died(const Page& at, const AccessSignal& signal) {
  host_->emit({.page = host_->now->areas.name_of(*at.origin, at.page),
               .kind = EventKind::signal,
               .operand = at.operand,
               .detail = static_cast<std::uint16_t>(signal.number)});
  ++host_->clock;
  return {signal.number, sim::VirtAddr{signal.address}};
}

// As a fault would that gets no further: the file's page into the page cache.
void Touches::bring_in(const Page& at) {
  Inode& inode = *at.origin->inode;
  const std::uint64_t page = at.origin->first_file_page + at.page;
  const FilePageBefore before = look(inode, page);
  const int fd = inode.watch.number();
  const bool exact = host_->mode == Mode::exact;
  ::posix_fadvise(fd, 0, 0, exact ? POSIX_FADV_RANDOM : POSIX_FADV_NORMAL);
  std::byte byte{};
  const auto from = static_cast<off_t>(page << host_->geometry.shift());
  const std::uint64_t blocks = faults_so_far().blocks_read;
  if (::pread(fd, &byte, 1, from) != 1) return;
  host_->disk_read(faults_so_far().blocks_read - blocks);
  if (!before.state.cached && !before.hole) {
    host_->emit({.page = {inode.object, static_cast<std::uint32_t>(page)},
                 .kind = EventKind::page_in,
                 .operand = at.operand});
  }
  unasked_->after_call(inode, {page, page + 1});
}

void Touches::came_in_before_death(const Area& area, std::uint64_t address) {
  if (!area.origin->is_file()) return;
  bring_in({area.origin, host_->now->areas.page_in(*area.origin, address), sim::Access::read, 1});
}

// As a write does that starts beyond the end: the page is read, and zeroed from the end on.
void Touches::came_in_before_death(OpenFile& file, std::uint64_t size) {
  Inode& inode = *file.inode;
  const std::uint64_t page = host_->geometry.page_of(sim::FileOffset{size}).index;
  const FilePageBefore before = look(inode, page);
  const auto last = static_cast<off_t>(size - 1);
  std::byte byte{};
  const std::uint64_t blocks = faults_so_far().blocks_read;
  const bool is_read = ::pread(inode.watch.number(), &byte, 1, last) == 1;
  if (is_read && !before.hole && ::pwrite(file.real.number(), &byte, 1, last) != 1) return;
  const std::uint64_t read = faults_so_far().blocks_read - blocks;
  host_->disk_read(read);
  end_moved(inode, page, before, read > 0);
}

int Touches::die(Inode& inode, std::uint64_t page) {
  host_->deaths = host_->deaths.subspan(1);
  host_->emit({.page = {inode.object, static_cast<std::uint32_t>(page)},
               .kind = EventKind::signal,
               .detail = SIGKILL});
  ++host_->clock;
  return ENOMEM;
}

// The computer stops before this touch, or the program dies of it.
Outcome Touches::die(const OneTouch& one) {
  const AccessSignal killed{SIGKILL, one.address};
  const Area* area = host_->now->areas.find(one.address);
  if (!host_->is_dying() || area == nullptr) return {SIGKILL, sim::VirtAddr{one.address}};
  mirror_->before(1);
  const Page at{area->origin, host_->now->areas.page_in(*area->origin, one.address), one.access,
                one.operand};
  if (host_->next_death().after == Death::After::page_in && at.origin->is_file()) bring_in(at);
  host_->deaths = host_->deaths.subspan(1);
  return died(at, killed);
}

}  // namespace real
