// Out, and back in.

#include "real/swap.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstring>

namespace real {
namespace {

void* pointer_to(sim::VirtAddr address) { return reinterpret_cast<void*>(address.index); }

int bits_of(sim::Protection protection) {
  return (protection.read ? PROT_READ : 0) | (protection.write ? PROT_WRITE : 0);
}

std::string failure(const char* what) { return std::string(what) + ": " + std::strerror(errno); }

}  // namespace

// Copies the page out. Memory that the program may not read is opened for that moment.
std::uint32_t Swap::save(Origin& origin, std::uint64_t page, const Area& area) {
  forget_slots(origin, page, page + 1);
  const sim::VirtAddr at = address_of(origin, page);
  const std::size_t bytes = host_->geometry.page_size().count;
  const bool closed = !area.protection.read && !area.protection.write;
  if (closed) ::mprotect(pointer_to(at), bytes, PROT_READ);
  const std::uint32_t slot = area_.store(reinterpret_cast<const std::byte*>(at.index));
  if (closed) ::mprotect(pointer_to(at), bytes, PROT_NONE);
  origin.slots[page] = slot;
  return slot;
}

// The page's frame is given up, and the next access to it will trap.
std::string Swap::drop(const Origin& origin, std::uint64_t page, const Area& area) {
  const sim::VirtAddr at = address_of(origin, page);
  const sim::Bytes bytes = host_->geometry.page_size();
  const bool replaced = (origin.pages.get(page) & page_bit::replaced) != 0;
  if (origin.is_file() && !replaced) {
    constexpr int kFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE;
    if (::mmap(pointer_to(at), bytes.count, bits_of(area.protection), kFlags, -1, 0) ==
        MAP_FAILED) {
      return failure("anonymous memory in place of a private copy");
    }
    ::madvise(pointer_to(at), bytes.count, MADV_NOHUGEPAGE);  // EINVAL without THP
  } else {
    // Shared anonymous memory is a nameless file: only a hole in it frees the page.
    const bool shared = origin.backing == Backing::shared_anonymous;
    const int advice = shared ? MADV_REMOVE : MADV_DONTNEED;
    if (::madvise(pointer_to(at), bytes.count, advice) != 0) return failure("madvise");
  }
  if (!userfault_->register_missing(at, bytes)) return failure("userfaultfd");
  return {};
}

std::string Swap::evict(Origin& origin, std::uint64_t page) {
  if (!userfault_->is_available()) return "no userfaultfd";
  const sim::VirtAddr at = address_of(origin, page);
  const Area* area = host_->areas.find(at.index);
  if (area == nullptr || area->origin != &origin) return "it is not mapped";
  const std::uint8_t known = origin.pages.get(page);
  const bool unchanged =
      (known & page_bit::unchanged) != 0 && host_->memory.is_unchanged(at).value_or(true);
  const sim::PageName name{origin.object, static_cast<std::uint32_t>(page)};
  const std::uint32_t slot = unchanged ? origin.slots.at(page) : save(origin, page, *area);
  if (std::string why = drop(origin, page, *area); !why.empty()) return why;
  if (!unchanged) host_->emit({.page = name, .count = slot, .kind = sim::EventKind::swap_out});
  constexpr std::uint8_t kGone =
      page_bit::present | page_bit::writable | page_bit::zero | page_bit::unchanged;
  origin.pages.clear(page, kGone);
  origin.pages.set(page,
                   origin.is_file() ? page_bit::swapped | page_bit::replaced : page_bit::swapped);
  const auto how = unchanged ? sim::Eviction::dropped : sim::Eviction::swapped_out;
  host_->emit(
      {.page = name, .kind = sim::EventKind::evict, .detail = static_cast<std::uint16_t>(how)});
  return {};
}

bool Swap::serve(std::uint64_t address, sim::Access access) {
  const Area* area = host_->areas.find(address);
  if (area == nullptr) return false;
  const Origin& origin = *area->origin;
  const std::uint64_t page = host_->areas.page_in(origin, address);
  if ((origin.pages.get(page) & page_bit::swapped) == 0) return false;
  return userfault_->put_page(address_of(origin, page), bytes(origin, page),
                              host_->geometry.page_size(), access);
}

void Swap::tell(Origin& origin, std::uint64_t page, sim::Event fault) {
  const sim::PageName name{origin.object, static_cast<std::uint32_t>(page)};
  host_->emit({.page = name, .count = origin.slots.at(page), .kind = sim::EventKind::swap_in});
  fault.page = name;
  fault.kind = sim::EventKind::fault_major;
  fault.detail |= sim::fault_detail::swap_in;
  host_->emit(fault);
  origin.pages.clear(page, page_bit::swapped);
  origin.pages.set(page, page_bit::present | page_bit::unchanged);
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
bool Swap::show_file_again(const Area& area, std::uint64_t page) {
  const Origin& origin = *area.origin;
  const sim::VirtAddr at = address_of(origin, page);
  const sim::Bytes bytes = host_->geometry.page_size();
  const auto offset =
      static_cast<off_t>((origin.first_file_page + page) << host_->geometry.shift());
  if (::mmap(pointer_to(at), bytes.count, bits_of(area.protection),
             MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, origin.file.number(), offset) == MAP_FAILED) {
    return false;
  }
  ::madvise(pointer_to(at), bytes.count, MADV_NOHUGEPAGE);
  ::madvise(pointer_to(at), bytes.count, MADV_RANDOM);
  return userfault_->register_file(at, bytes);
}

bool Swap::forget(const Area& area, std::uint64_t first, std::uint64_t end) {
  Origin& origin = *area.origin;
  bool ok = true;
  if (origin.is_file()) {
    origin.pages.for_each(first, end, page_bit::replaced,
                          [&](std::uint64_t page) { ok = show_file_again(area, page) && ok; });
  } else if (userfault_->is_available()) {
    const sim::VirtAddr at = address_of(origin, first);
    ok = userfault_->unregister(at, sim::Bytes{(end - first) << host_->geometry.shift()});
  }
  forget_slots(origin, first, end);
  origin.pages.clear_range(first, end, 0xff);
  return ok;
}

}  // namespace real
