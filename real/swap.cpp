// Out, and back in.

#include "real/swap.h"

#include <linux/mman.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace real {
namespace {

std::uint64_t bits_of(sim::Protection protection) {
  return (protection.read ? PROT_READ : 0u) | (protection.write ? PROT_WRITE : 0u);
}

std::string failure(const char* what, long error) {
  return std::string(what) + ": " + std::strerror(static_cast<int>(error));
}

constexpr std::uint64_t kPrivate = MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE;

}  // namespace

// Copies the page out. Memory that the program may not read is opened for that moment.
std::string Swap::save(Origin& origin, std::uint64_t page, const Area& area) {
  forget_slots(origin, page, page + 1);
  const sim::VirtAddr at = address_of(origin, page);
  const std::size_t bytes = host_->geometry.page_size().count;
  const bool closed = !area.protection.read && !area.protection.write;
  Actor& actor = *host_->now->actor;
  std::vector<std::byte> content(bytes);
  if (closed) actor.call(SYS_mprotect, {at.index, bytes, PROT_READ});
  static_cast<void>(actor.copy(
      {.to = content.data(), .from = reinterpret_cast<const std::byte*>(at.index), .n = bytes}));
  if (closed) actor.call(SYS_mprotect, {at.index, bytes, PROT_NONE});
  const auto slot = area_.store(content.data());
  if (!slot) return failure("the swap area", errno);
  origin.slots[page] = *slot;
  return {};
}

int Swap::map_slot(const Area& area, std::uint64_t page, std::uint32_t slot) {
  const sim::VirtAddr at = address_of(*area.origin, page);
  const sim::Bytes bytes = host_->geometry.page_size();
  Actor& actor = *host_->now->actor;
  const long mapped =
      actor.call(SYS_mmap, {at.index, bytes.count, bits_of(area.protection), kPrivate,
                            static_cast<std::uint64_t>(area_.file()), area_.place(slot).index});
  return mapped < 0 ? static_cast<int>(-mapped) : 0;
}

// A nameless file of the kernel's: only a hole in it frees the page.
std::string Swap::drop_shared(const Origin& origin, std::uint64_t page) {
  const sim::VirtAddr at = address_of(origin, page);
  const sim::Bytes bytes = host_->geometry.page_size();
  const long advised = host_->now->actor->call(SYS_madvise, {at.index, bytes.count, MADV_REMOVE});
  if (advised < 0) return failure("madvise", -advised);
  const int error = host_->now->userfault.register_missing(at, bytes);
  return error == 0 ? std::string() : failure("userfaultfd", error);
}

std::string Swap::evict(Origin& origin, std::uint64_t page) {
  const bool is_shared = origin.backing == Backing::shared_anonymous;
  if (is_shared && !host_->now->userfault.is_available()) {
    return "it is shared between processes, and userfaultfd is not here";
  }
  const sim::VirtAddr at = address_of(origin, page);
  const Area* area = host_->now->areas.find(at.index);
  if (area == nullptr || area->origin != &origin) return "it is not mapped";
  const bool unchanged = (origin.pages.get(page) & page_bit::unchanged) != 0;
  const sim::PageName name{origin.object, static_cast<std::uint32_t>(page)};
  if (!unchanged) {
    if (std::string why = save(origin, page, *area); !why.empty()) return why;
  }
  const std::uint32_t slot = origin.slots.at(page);
  if (is_shared) {
    if (std::string why = drop_shared(origin, page); !why.empty()) return why;
  } else if (unchanged) {
    host_->now->actor->call(SYS_madvise,
                            {at.index, host_->geometry.page_size().count, MADV_DONTNEED});
  } else if (const int error = map_slot(*area, page, slot); error != 0) {
    return failure("the swap area could not be mapped", error);
  }
  if (!unchanged) host_->emit({.page = name, .count = slot, .kind = sim::EventKind::swap_out});
  note_gone(origin, page);
  const auto how = unchanged ? sim::Eviction::dropped : sim::Eviction::swapped_out;
  host_->emit(
      {.page = name, .kind = sim::EventKind::evict, .detail = static_cast<std::uint16_t>(how)});
  return {};
}

void Swap::note_gone(Origin& origin, std::uint64_t page) {
  constexpr std::uint8_t kGone =
      page_bit::present | page_bit::writable | page_bit::zero | page_bit::unchanged;
  origin.pages.clear(page, kGone);
  origin.sharers.erase(page);
  const bool is_shared = origin.backing == Backing::shared_anonymous;
  origin.pages.set(page, is_shared ? page_bit::swapped : page_bit::swapped | page_bit::replaced);
}

std::string Swap::follow(Origin& origin, std::uint64_t page, std::uint32_t slot) {
  const Area* area = host_->now->areas.find(address_of(origin, page).index);
  if (area == nullptr || area->origin != &origin) return "it is not mapped in a forked process";
  if (origin.backing == Backing::shared_anonymous) {
    if (std::string why = drop_shared(origin, page); !why.empty()) return why;
  } else if (const int error = map_slot(*area, page, slot); error != 0) {
    return failure("the swap area could not be mapped", error);
  }
  if (origin.slots.emplace(page, slot).second) area_.share(slot);
  note_gone(origin, page);
  return {};
}

bool Swap::serve(std::uint64_t address, sim::Access access) {
  const Area* area = host_->now->areas.find(address);
  if (area == nullptr || area->origin->backing != Backing::shared_anonymous) return true;
  const Origin& origin = *area->origin;
  const std::uint64_t page = host_->now->areas.page_in(origin, address);
  if ((origin.pages.get(page) & page_bit::swapped) == 0) return true;
  const std::vector<std::byte> content = bytes(origin, page);
  return content.size() == host_->geometry.page_size().count &&
         host_->now->userfault.put_page(address_of(origin, page), content.data(),
                                        host_->geometry.page_size(), access) == 0;
}

void Swap::tell(Origin& origin, std::uint64_t page, sim::Event fault) {
  const sim::PageName name{origin.object, static_cast<std::uint32_t>(page)};
  host_->emit({.page = name, .count = origin.slots.at(page), .kind = sim::EventKind::swap_in});
  if (origin.backing == Backing::shared_anonymous) forget_of_others(origin, page);
  fault.page = name;
  fault.kind = sim::EventKind::fault_major;
  fault.detail |= sim::fault_detail::swap_in;
  host_->emit(fault);
  origin.pages.clear(page, page_bit::swapped);
  origin.pages.set(page, page_bit::present | page_bit::unchanged);
}

// Shared memory: it is back for every process that has it.
void Swap::forget_of_others(const Origin& origin, std::uint64_t page) {
  host_->for_each_process([&] {
    for (const auto& other : host_->now->areas.origins()) {
      if (other.get() == &origin || other->object != origin.object) continue;
      forget_slots(*other, page, page + 1);
      other->pages.clear(page, page_bit::swapped);
    }
  });
}

void Swap::changed(Origin& origin, std::uint64_t page) {
  forget_slots(origin, page, page + 1);
  origin.pages.clear(page, page_bit::unchanged);
}

void Swap::own_what_is_back(const Origin& origin) {
  if (origin.backing == Backing::shared_anonymous) return;
  constexpr std::uint64_t kPopulateForWriting = 23;  // MADV_POPULATE_WRITE, Linux 5.14
  origin.pages.for_each(0, std::uint64_t{1} << 52, page_bit::unchanged, [&](std::uint64_t page) {
    const sim::VirtAddr at = address_of(origin, page);
    host_->now->actor->call(SYS_madvise,
                            {at.index, host_->geometry.page_size().count, kPopulateForWriting});
  });
}

void Swap::forget_slots(Origin& origin, std::uint64_t first, std::uint64_t end) {
  const auto from = origin.slots.lower_bound(first);
  const auto to = origin.slots.lower_bound(end);
  for (auto it = from; it != to; ++it) area_.free(it->second);
  origin.slots.erase(from, to);
}

// What the mapping showed before its page first went out: its file's page, or zeros.
int Swap::show_afresh(const Area& area, std::uint64_t page) {
  const Origin& origin = *area.origin;
  const sim::VirtAddr at = address_of(origin, page);
  const sim::Bytes bytes = host_->geometry.page_size();
  Actor& actor = *host_->now->actor;
  const std::uint64_t offset = (origin.first_file_page + page) << host_->geometry.shift();
  const long mapped =
      origin.is_file()
          ? actor.call(SYS_mmap, {at.index, bytes.count, bits_of(area.protection), kPrivate,
                                  static_cast<std::uint64_t>(origin.file_there), offset})
          : actor.call(SYS_mmap, {at.index, bytes.count, bits_of(area.protection),
                                  kPrivate | MAP_ANONYMOUS, ~std::uint64_t{0}, 0});
  if (mapped < 0) return static_cast<int>(-mapped);
  actor.call(SYS_madvise, {at.index, bytes.count, MADV_NOHUGEPAGE});
  if (origin.is_file()) actor.call(SYS_madvise, {at.index, bytes.count, MADV_RANDOM});
  return 0;
}

int Swap::forget(const Area& area, std::uint64_t first, std::uint64_t end) {
  Origin& origin = *area.origin;
  int error = 0;
  if (origin.backing != Backing::shared_anonymous) {
    origin.pages.for_each(first, end, page_bit::replaced, [&](std::uint64_t page) {
      if (const int e = show_afresh(area, page); e != 0) error = e;
    });
  } else if (host_->now->userfault.is_available()) {
    const sim::VirtAddr at = address_of(origin, first);
    error =
        host_->now->userfault.unregister(at, sim::Bytes{(end - first) << host_->geometry.shift()});
  }
  forget_slots(origin, first, end);
  origin.pages.clear_range(first, end, 0xff);
  return error;
}

}  // namespace real
