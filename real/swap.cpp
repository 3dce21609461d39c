// Out, and back in.

#include "real/swap.h"

#include <sys/mman.h>
#include <sys/syscall.h>

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

}  // namespace

// Copies the page out. Memory that the program may not read is opened for that moment.
std::uint32_t Swap::save(Origin& origin, std::uint64_t page, const Area& area) {
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
  const std::uint32_t slot = area_.store(content.data());
  origin.slots[page] = slot;
  return slot;
}

// The page's frame is given up, and the next access to it will trap.
std::string Swap::drop(const Origin& origin, std::uint64_t page, const Area& area) {
  const sim::VirtAddr at = address_of(origin, page);
  const sim::Bytes bytes = host_->geometry.page_size();
  const bool replaced = (origin.pages.get(page) & page_bit::replaced) != 0;
  Actor& actor = *host_->now->actor;
  if (origin.is_file() && !replaced) {
    constexpr std::uint64_t kFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE;
    const long mapped = actor.call(
        SYS_mmap, {at.index, bytes.count, bits_of(area.protection), kFlags, ~std::uint64_t{0}, 0});
    if (mapped < 0) return failure("anonymous memory in place of a private copy", -mapped);
    actor.call(SYS_madvise, {at.index, bytes.count, MADV_NOHUGEPAGE});  // EINVAL without THP
  } else {
    // Shared anonymous memory is a nameless file: only a hole in it frees the page.
    const bool shared = origin.backing == Backing::shared_anonymous;
    const std::uint64_t advice = shared ? MADV_REMOVE : MADV_DONTNEED;
    const long advised = actor.call(SYS_madvise, {at.index, bytes.count, advice});
    if (advised < 0) return failure("madvise", -advised);
  }
  const int error = host_->now->userfault.register_missing(at, bytes);
  return error == 0 ? std::string() : failure("userfaultfd", error);
}

std::string Swap::evict(Origin& origin, std::uint64_t page) {
  if (!host_->now->userfault.is_available()) return "no userfaultfd";
  const sim::VirtAddr at = address_of(origin, page);
  const Area* area = host_->now->areas.find(at.index);
  if (area == nullptr || area->origin != &origin) return "it is not mapped";
  const std::uint8_t known = origin.pages.get(page);
  const bool unchanged =
      (known & page_bit::unchanged) != 0 &&
      (!host_->now->actor->is_this_process() || host_->memory.is_unchanged(at).value_or(true));
  const sim::PageName name{origin.object, static_cast<std::uint32_t>(page)};
  const std::uint32_t slot = unchanged ? origin.slots.at(page) : save(origin, page, *area);
  if (std::string why = drop(origin, page, *area); !why.empty()) return why;
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
  origin.pages.set(page,
                   origin.is_file() ? page_bit::swapped | page_bit::replaced : page_bit::swapped);
}

std::string Swap::follow(Origin& origin, std::uint64_t page, std::uint32_t slot) {
  const Area* area = host_->now->areas.find(address_of(origin, page).index);
  if (area == nullptr || area->origin != &origin) return "it is not mapped in a forked process";
  if (std::string why = drop(origin, page, *area); !why.empty()) return why;
  if (origin.slots.emplace(page, slot).second) area_.share(slot);
  note_gone(origin, page);
  return {};
}

bool Swap::serve(std::uint64_t address, sim::Access access) {
  const Area* area = host_->now->areas.find(address);
  if (area == nullptr) return false;
  const Origin& origin = *area->origin;
  const std::uint64_t page = host_->now->areas.page_in(origin, address);
  if ((origin.pages.get(page) & page_bit::swapped) == 0) return false;
  return host_->now->userfault.put_page(address_of(origin, page), bytes(origin, page),
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

void Swap::forget_slots(Origin& origin, std::uint64_t first, std::uint64_t end) {
  const auto from = origin.slots.lower_bound(first);
  const auto to = origin.slots.lower_bound(end);
  for (auto it = from; it != to; ++it) area_.free(it->second);
  origin.slots.erase(from, to);
}

// A page of a private file mapping shows its file's page once more.
int Swap::show_file_again(const Area& area, std::uint64_t page) {
  const Origin& origin = *area.origin;
  const sim::VirtAddr at = address_of(origin, page);
  const sim::Bytes bytes = host_->geometry.page_size();
  Actor& actor = *host_->now->actor;
  const std::uint64_t offset = (origin.first_file_page + page) << host_->geometry.shift();
  const long mapped = actor.call(SYS_mmap, {at.index, bytes.count, bits_of(area.protection),
                                            MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE,
                                            static_cast<std::uint64_t>(origin.file_there), offset});
  if (mapped < 0) return static_cast<int>(-mapped);
  actor.call(SYS_madvise, {at.index, bytes.count, MADV_NOHUGEPAGE});
  actor.call(SYS_madvise, {at.index, bytes.count, MADV_RANDOM});
  return host_->now->userfault.register_file(at, bytes);
}

int Swap::forget(const Area& area, std::uint64_t first, std::uint64_t end) {
  Origin& origin = *area.origin;
  int error = 0;
  if (origin.is_file()) {
    origin.pages.for_each(first, end, page_bit::replaced, [&](std::uint64_t page) {
      if (const int e = show_file_again(area, page); e != 0) error = e;
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
