// Windows, and what a fault in one means.

#include "real/touches.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <algorithm>

namespace real {

using sim::Access;
using sim::EventKind;
using sim::Outcome;

namespace {

// The class of a fault by what the entry held before, by Linux 6.18: a store to a present page of a
// shared file mapping is write-notify, as it is to a page that came back from swap for a load; to
// any page of a private mapping it is a copy, to the zero page its replacement; a load of untouched
// anonymous memory maps the zero page.
std::uint16_t class_of(Backing backing, std::uint8_t known, Access access) {
  const bool present = (known & page_bit::present) != 0;
  if (access == Access::write && (known & page_bit::unchanged) != 0) {
    return sim::fault_detail::write_notify;
  }
  switch (backing) {
    case Backing::anonymous:
      if (access == Access::read) return present ? 0 : sim::fault_detail::zero_page;
      return (known & page_bit::zero) != 0 ? sim::fault_detail::zero_page : 0;
    case Backing::shared_anonymous: return 0;
    case Backing::file_shared:
      return access == Access::write && present ? sim::fault_detail::write_notify : 0;
    case Backing::file_private:
      if (access == Access::read || (known & page_bit::copied) != 0) return 0;
      return sim::fault_detail::cow;
  }
  return 0;
}

}  // namespace

void Touches::warm_up() {
  for (auto& staged : staging_) {
    for (std::byte& byte : staged) *const_cast<volatile std::byte*>(&byte) = std::byte{};
  }
}

bool Touches::is_ready(const Area& area, std::uint8_t known, Access access) const {
  if (access == Access::read) return area.protection.read && (known & page_bit::present) != 0;
  return area.protection.write && (known & page_bit::writable) != 0;
}

bool Touches::can_fault(const Area& area, std::uint8_t known, Access access) const {
  if (host_->faults.has_addresses() || host_->is_limited) return true;
  if (!is_ready(area, known, access)) return true;
  return access == Access::write && area.origin->backing == Backing::file_shared;
}

FilePageBefore Touches::look(const Inode& inode, std::uint64_t page) const {
  FilePageBefore before;
  before.state = host_->cache.page(inode.watch.number(), sim::PgOff{page});
  if (!before.state.cached) {
    before.hole = is_hole(inode.watch.number(), host_->geometry.start_of(sim::PgOff{page}),
                          host_->geometry.page_size());
  }
  return before;
}

PageBefore Touches::look(const Area& area, std::uint64_t address, Access access) const {
  const Origin& origin = *area.origin;
  const std::uint64_t page = host_->now->areas.page_in(origin, address);
  PageBefore before{origin.pages.get(page), false, {}};
  if (!origin.is_file() || is_ready(area, before.known, access)) return before;
  before.looked = true;
  before.file = look(*origin.inode, origin.first_file_page + page);
  return before;
}

void Touches::faulted(const Page& at, const PageBefore& before, Fault fault) {
  const Origin& origin = *at.origin;
  const sim::PageName name = host_->now->areas.name_of(origin, at.page);
  const bool major = fault.kind == FaultKind::major;
  const bool is_store = at.access == Access::write;
  if (is_store && origin.sharers.contains(at.page)) {
    fault.extra |= is_shared(at) ? sim::fault_detail::cow : sim::fault_detail::write_notify;
  }
  if (major && origin.is_file() && !before.file.hole) {
    host_->emit({.page = name, .kind = EventKind::page_in, .operand = at.operand});
  }
  const auto detail = origin.sharers.contains(at.page) && is_store
                          ? fault.extra
                          : static_cast<std::uint16_t>(
                                fault.extra | class_of(origin.backing, before.known, at.access));
  host_->emit({.page = name,
               .kind = major ? EventKind::fault_major : EventKind::fault_minor,
               .operand = at.operand,
               .detail = detail});
}

// Another process still has the same page since a fork.
bool Touches::is_shared(const Page& at) {
  const std::uint64_t number = at.origin->sharers.at(at.page);
  bool any = false;
  const Process* const running = host_->now;
  host_->for_each_process([&] {
    if (host_->now == running) return;
    for (const auto& other : host_->now->areas.origins()) {
      const auto found = other->sharers.find(at.page);
      any = any || (found != other->sharers.end() && found->second == number);
    }
  });
  return any;
}

// What the touch left behind, whether or not it faulted.
void Touches::touched(const Page& at, const PageBefore& before, bool had_fault) {
  Origin& origin = *at.origin;
  std::uint8_t bits = page_bit::present;
  if (at.access == Access::read) {
    const bool zero = origin.backing == Backing::anonymous && had_fault &&
                      (before.known & (page_bit::present | page_bit::swapped)) == 0;
    if (zero) bits |= page_bit::zero;
  } else {
    bits |= page_bit::writable;
    origin.sharers.erase(at.page);
    origin.had_own_page = true;
    if (origin.backing == Backing::file_private) bits |= page_bit::copied;
    if ((before.known & page_bit::zero) != 0) origin.pages.clear(at.page, page_bit::zero);
    if ((before.known & (page_bit::swapped | page_bit::unchanged)) != 0) {
      swap_->changed(origin, at.page);
    }
  }
  if ((before.known & bits) != bits) origin.pages.set(at.page, bits);
  if (had_fault && at.access == Access::read) undo_fault_around(origin, at.page);

  const bool stored = at.access == Access::write && origin.backing == Backing::file_shared;
  if (!stored || !host_->shows_dirty || !(before.looked || had_fault)) return;
  if (before.looked && before.file.state.dirty) {
    origin.inode->dirty.set(origin.first_file_page + at.page, 1);
  } else {
    note_dirty(*host_, *origin.inode, origin.first_file_page + at.page);
  }
}

// Exact mode: what the kernel mapped beside the page of a read fault (fault-around) is unmapped
// again, so that each of those pages takes a fault of its own. Of memory without a file only that
// which another process has as well is mapped so.
void Touches::undo_fault_around(const Origin& origin, std::uint64_t page) {
  constexpr std::uint64_t kAround = 16;  // fault_around_bytes, 64 KiB by default
  if (host_->mode != Mode::exact) return;
  const bool is_shared = origin.backing == Backing::shared_anonymous && host_->last_process != 0;
  if (!origin.is_file() && !is_shared) return;
  const unsigned shift = host_->geometry.shift();
  const std::uint64_t last = std::min(origin.bytes >> shift, page + kAround);
  const auto may_go = [&](std::uint64_t p) {
    const Area* const area = host_->now->areas.find(origin.base + (p << shift));
    const bool is_mapped = area != nullptr && area->origin == &origin;
    return is_mapped && (origin.pages.get(p) & page_bit::present) == 0;
  };
  for (std::uint64_t p = page < kAround ? 0 : page - kAround; p < last; ++p) {
    const std::uint64_t first = p;
    while (p < last && may_go(p)) ++p;
    if (p == first) continue;
    host_->now->actor->call(SYS_madvise,
                            {origin.base + (first << shift), (p - first) << shift, MADV_DONTNEED});
  }
}

// A fault is about the file's page; the access is to the copy, once there is one.
void Touches::completed(const Page& at, std::uint32_t count) {
  const bool copied = (at.origin->pages.get(at.page) & page_bit::copied) != 0;
  const sim::PageName own{at.origin->object, static_cast<std::uint32_t>(at.page)};
  host_->emit({.page = copied ? own : host_->now->areas.name_of(*at.origin, at.page),
               .count = count,
               .kind = EventKind::access,
               .operand = at.operand,
               .detail = static_cast<std::uint16_t>(at.access)});
}

Outcome Touches::look_through(std::uint64_t address) {
  std::byte byte{};
  return touch({address, &byte, 1, Access::read, 1, sim::fault_detail::in_system_call});
}

Outcome Touches::touch_unseen(const Area& area, const OneTouch& one) {
  const bool loads = one.access == Access::read;
  auto* theirs = reinterpret_cast<std::byte*>(one.address);
  if (!swap_->serve(one.address, one.access)) {
    return died({area.origin, host_->now->areas.page_in(*area.origin, one.address), one.access},
                {SIGBUS, one.address});
  }
  const AccessSignal signal = host_->now->actor->copy({.to = loads ? one.mine : theirs,
                                                       .from = loads ? theirs : one.mine,
                                                       .n = one.n,
                                                       .access = one.access});
  if (signal.number != 0) {
    return died({area.origin, host_->now->areas.page_in(*area.origin, one.address), one.access},
                signal);
  }
  ++host_->clock;
  return {};
}

Outcome Touches::touch(const OneTouch& one) {
  if (host_->touches_left() == 0) return die(one);
  mirror_->before(1);
  Area* area = host_->now->areas.find(one.address);
  if (area == nullptr) return refuse(one.address, one.operand);
  if (!host_->faults.is_on()) return touch_unseen(*area, one);
  const Page at{area->origin, host_->now->areas.page_in(*area->origin, one.address), one.access,
                one.operand};
  const PageBefore before = look(*area, one.address, one.access);
  auto* theirs = reinterpret_cast<std::byte*>(one.address);
  const bool loads = one.access == Access::read;
  if (!swap_->serve(one.address, one.access)) return died(at, {SIGBUS, one.address});
  const bool may_read = before.looked && !before.file.state.cached;
  const auto [signal, faults, blocks] =
      host_->now->actor->touch({.to = loads ? one.mine : theirs,
                                .from = loads ? theirs : one.mine,
                                .n = one.n,
                                .access = one.access},
                               may_read ? Actor::Device::may_read : Actor::Device::not_asked);
  host_->disk_read(blocks);
  const std::uint64_t first = host_->geometry.page_of(sim::VirtAddr{one.address}).index;
  const bool is_mapped_out = Swap::is_mapped_out(*at.origin, before.known);
  bool had_fault = (before.known & page_bit::swapped) != 0 && !is_mapped_out && signal.number == 0;
  if (had_fault) swap_->tell(*at.origin, at.page, {.operand = at.operand, .detail = one.detail});
  for (const SeenFault& fault : faults) {
    if (host_->geometry.page_of(fault.address).index != first) continue;  // our own memory's
    if (!can_fault(*area, before.known, one.access)) continue;
    if (is_mapped_out && !had_fault) {  // the kernel's fault that brings the page back
      swap_->tell(*at.origin, at.page, {.operand = at.operand, .detail = one.detail});
      had_fault = true;
      continue;
    }
    if (!had_fault) {
      const bool clean = before.looked ? !before.file.state.dirty : one.access == Access::write;
      notice_background(*at.origin, at.page, clean);
    }
    faulted(at, before, {fault.kind, one.detail});
    had_fault = true;
  }
  if (signal.number != 0) {
    undo_fault_around(*at.origin, at.page);
    unasked_->after_fault(*at.origin, at.page, one.access);  // what was mapped beside it is
    return died(at, signal);
  }
  touched(at, before, had_fault);
  if (had_fault) unasked_->after_fault(*at.origin, at.page, one.access);
  completed(at, 1);
  ++host_->clock;
  return {};
}

Outcome Touches::move(std::uint64_t address, std::byte* mine, std::size_t n, Access access,
                      std::uint8_t operand) {
  const std::uint64_t page_bytes = host_->geometry.page_size().count;
  while (n > 0) {
    const std::uint64_t left = page_bytes - (address & (page_bytes - 1));
    const std::size_t piece = std::min<std::uint64_t>(n, left);
    const Outcome outcome = touch({address, mine, piece, access, operand});
    if (!outcome.is_done()) return outcome;
    address += piece;
    mine += piece;
    n -= piece;
  }
  return {};
}

static std::uint64_t address_of(const sim::Operand& operand, std::uint64_t element) {
  return operand.base.index +
         static_cast<std::uint64_t>(operand.stride) * element;  // wraps as two's complement
}

Outcome Touches::stage(std::span<const sim::Operand> operands, std::uint64_t element,
                       sim::ElementLoop& loop) {
  std::byte* pointers[sim::kMostOperands] = {};
  for (std::size_t k = 0; k < operands.size(); ++k) {
    pointers[k] = staging_[k];
    if (operands[k].access == Access::write) continue;
    const Outcome outcome = move(address_of(operands[k], element), staging_[k], operands[k].size,
                                 Access::read, static_cast<std::uint8_t>(k));
    if (!outcome.is_done()) return outcome;
  }
  loop.run(pointers, 1);
  for (std::size_t k = 0; k < operands.size(); ++k) {
    if (operands[k].access == Access::read) continue;
    const Outcome outcome = move(address_of(operands[k], element), staging_[k], operands[k].size,
                                 Access::write, static_cast<std::uint8_t>(k));
    if (!outcome.is_done()) return outcome;
  }
  return {};
}

// How many elements from here on lie with each operand inside one page whose entry is known good.
std::uint64_t Touches::direct_length(std::span<const sim::Operand> operands, std::uint64_t element,
                                     std::uint64_t count) const {
  const std::uint64_t page_bytes = host_->geometry.page_size().count;
  std::uint64_t n = count - element;
  if (!host_->now->actor->is_this_process()) return 0;  // its memory is not here
  if (!operands.empty()) n = std::min(n, host_->touches_left() / operands.size());
  for (const sim::Operand& operand : operands) {
    const std::uint64_t address = address_of(operand, element);
    const Area* area = host_->now->areas.find(address);
    if (area == nullptr) return 0;
    const std::uint64_t page = host_->now->areas.page_in(*area->origin, address);
    if (!is_ready(*area, area->origin->pages.get(page), operand.access)) return 0;
    const std::uint64_t within = address & (page_bytes - 1);
    if (within + operand.size > page_bytes) return 0;
    if (operand.stride > 0) {
      const auto stride = static_cast<std::uint64_t>(operand.stride);
      n = std::min(n, (page_bytes - within - operand.size) / stride + 1);
    } else if (operand.stride < 0) {
      n = std::min(n, within / (0 - static_cast<std::uint64_t>(operand.stride)) + 1);
    }
  }
  return n;
}

bool Touches::is_stored_to(std::span<const sim::Operand> operands, std::uint64_t element,
                           std::uint64_t page) const {
  return std::any_of(operands.begin(), operands.end(), [&](const sim::Operand& operand) {
    const sim::VirtAddr at{address_of(operand, element)};
    return operand.access == Access::write && host_->geometry.page_of(at).index == page;
  });
}

Outcome Touches::run(std::span<const sim::Operand> operands, std::uint64_t element, std::uint64_t n,
                     sim::ElementLoop& loop) {
  std::byte* pointers[sim::kMostOperands] = {};
  for (std::size_t k = 0; k < operands.size(); ++k) {
    pointers[k] = reinterpret_cast<std::byte*>(address_of(operands[k], element));
  }
  const auto place_of = [&](std::size_t k) {
    const std::uint64_t address = address_of(operands[k], element);
    Origin* origin = host_->now->areas.find(address)->origin;
    return Page{origin, host_->now->areas.page_in(*origin, address), operands[k].access,
                static_cast<std::uint8_t>(k)};
  };

  host_->faults.begin();
  const AccessSignal signal = host_->signals.run(loop, pointers, n);
  const sim::VirtAddr first{address_of(operands[0], element)};
  const auto faults = host_->faults.end(first);
  if (signal.number != 0) return died(place_of(0), signal);

  for (std::size_t k = 0; k < operands.size(); ++k) {
    const Page at = place_of(k);
    const std::uint64_t page =
        host_->geometry.page_of(sim::VirtAddr{address_of(operands[k], element)}).index;
    // None is expected: only the kernel's own doing (background write-back) brings one, and that
    // at a store, where another operand of the element stores to the page that this one loads from.
    bool had_fault = false;
    for (const SeenFault& fault : faults) {
      if (host_->geometry.page_of(fault.address).index != page || had_fault) continue;
      if (at.access == Access::read && is_stored_to(operands, element, page)) continue;
      const PageBefore before{at.origin->pages.get(at.page), false, {}};
      const Area& area = *host_->now->areas.find(address_of(operands[k], element));
      if (!can_fault(area, before.known, at.access)) continue;
      notice_background(*at.origin, at.page, at.access == Access::write);
      faulted(at, before, {fault.kind, 0});
      touched(at, before, true);
      had_fault = true;
    }
    completed(at, static_cast<std::uint32_t>(n));
    ++host_->clock;
  }
  host_->clock += (n - 1) * operands.size();
  return {};
}

Outcome Touches::for_each(std::span<const sim::Operand> operands, std::uint64_t count,
                          sim::ElementLoop& loop) {
  constexpr std::uint64_t kLongestRun = std::uint64_t{1} << 31;  // Event::count has 32 bits
  for (std::uint64_t i = 0; i < count;) {
    const std::uint64_t until_eviction = mirror_->touches_left() / operands.size();
    const std::uint64_t n =
        std::min({direct_length(operands, i, count), kLongestRun, until_eviction});
    const Outcome outcome = n > 1 ? run(operands, i, n, loop) : stage(operands, i, loop);
    if (!outcome.is_done()) return outcome;
    i += n > 1 ? n : 1;
  }
  return {};
}

}  // namespace real
