// Elements are staged one at a time, or looped over in place.
//
// In place is right when, now, every operand's page is mapped as its access needs and would hit in
// the TLB. Then none of the stretch's touches misses, faults or evicts, so the last holds for all
// of them, and n rounds of touches leave every order of use as one round does: the policy and the
// TLB hear of one round only.

#include "sim/kernel/element_walk.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "sim/kernel/touch.h"

namespace sim {
namespace {

// Longest stretch: a run's length is 32 bits. Reached only where every stride is 0.
constexpr std::uint64_t kLongestStretch = std::uint64_t{1} << 31;

class Walk {
 public:
  Walk(Kernel& k, std::span<const Operand> operands, ElementLoop& loop)
      : k_(k), operands_(operands), loop_(loop) {
    SIM_CHECK(operands.size() <= kMostOperands);
    for (const Operand& operand : operands) {
      SIM_CHECK(operand.size > 0);
      SIM_CHECK(operand.size <= kLargestElement);
    }
  }

  // Element i by way of copies: loads in order, the loop, stores in order.
  Outcome run_staged(std::uint64_t i) {
    alignas(64) std::byte staged[kMostOperands][kLargestElement] = {};
    std::byte* pointers[kMostOperands];
    for (std::size_t j = 0; j < operands_.size(); ++j) {
      pointers[j] = staged[j];
      if (operands_[j].access != Access::read) continue;
      const std::span<std::byte> into(staged[j], operands_[j].size);
      const Outcome outcome = load_bytes(k_, address(j, i), into, static_cast<std::uint8_t>(j));
      if (!outcome.is_done()) return outcome;
    }
    loop_.run(pointers, 1);
    for (std::size_t j = 0; j < operands_.size(); ++j) {
      if (operands_[j].access != Access::write) continue;
      const std::span<const std::byte> from(staged[j], operands_[j].size);
      const Outcome outcome = store_bytes(k_, address(j, i), from, static_cast<std::uint8_t>(j));
      if (!outcome.is_done()) return outcome;
    }
    return {};
  }

  // Elements from i on in place, `most` at most. How many were done: 0 if one must be staged.
  std::uint64_t run_in_place(std::uint64_t i, std::uint64_t most) {
    const std::uint64_t n = stretch(i, most);
    if (n < 2 || !find_pages(i)) return 0;
    std::byte* pointers[kMostOperands];
    open_pages();
    for (std::size_t j = 0; j < operands_.size(); ++j) {
      const Pte pte = ptes_[j];
      // What is only read may be the zero page: nothing is written through that pointer.
      std::byte* page =
          const_cast<std::byte*>(pte.has_frame() ? k_.memory.bytes(pte.frame()) : kZeroBytes);
      pointers[j] = page + k_.geometry.within_page(address(j, i)).count;
    }
    tell_runs(static_cast<std::uint32_t>(n));
    loop_.run(pointers, n);
    return n;
  }

 private:
  VirtAddr address(std::size_t j, std::uint64_t i) const {
    // Wraps like the address arithmetic of a 64-bit machine.
    return VirtAddr{operands_[j].base.index + i * static_cast<std::uint64_t>(operands_[j].stride)};
  }

  // How many elements from i on stay in the pages that element i lies in, and reach no alarm. 0:
  // element i straddles two pages.
  std::uint64_t stretch(std::uint64_t i, std::uint64_t most) const {
    std::uint64_t n = std::min({most, kLongestStretch, rounds_to_alarm()});
    const std::uint64_t page_size = k_.geometry.page_size().count;
    for (std::size_t j = 0; j < operands_.size(); ++j) {
      const std::uint64_t at = k_.geometry.within_page(address(j, i)).count;
      const std::uint64_t size = operands_[j].size;
      if (at + size > page_size) return 0;
      const std::int64_t stride = operands_[j].stride;
      if (stride > 0) {
        n = std::min(n, (page_size - at - size) / static_cast<std::uint64_t>(stride) + 1);
      } else if (stride < 0) {
        n = std::min(n, at / (std::uint64_t{0} - static_cast<std::uint64_t>(stride)) + 1);
      }
    }
    return n;
  }

  std::uint64_t rounds_to_alarm() const {
    return operands_.empty() ? kLongestStretch : k_.events.touches_to_alarm() / operands_.size();
  }

  // False if a touch of one of the pages would miss the TLB or fault.
  bool find_pages(std::uint64_t i) {
    for (std::size_t j = 0; j < operands_.size(); ++j) {
      const Vpn vpn = k_.geometry.page_of(address(j, i));
      if (vpn.index >= k_.mmu.table().span().count) return false;
      vpns_[j] = vpn;
      ptes_[j] = k_.mmu.walk(vpn);
      if (!ptes_[j].permits(operands_[j].access)) return false;
      if (k_.mmu.tlb().is_on() && !k_.mmu.tlb().holds(vpn)) return false;
    }
    return true;
  }

  // One round of touches, as far as the hardware and the policy see them.
  void open_pages() {
    for (std::size_t j = 0; j < operands_.size(); ++j) {
      const bool is_store = operands_[j].access == Access::write;
      const std::uint64_t used = pte_bit::accessed | (is_store ? pte_bit::dirty : std::uint64_t{0});
      (void)k_.mmu.look_up(vpns_[j]);
      if (!ptes_[j].has(used)) {
        // Walked again: another operand may have changed the same entry.
        k_.mmu.change(vpns_[j], k_.mmu.walk(vpns_[j]).with(used));
      }
      if (!ptes_[j].has_frame()) continue;
      if (is_store) (void)k_.memory.writable_bytes(ptes_[j].frame());
      k_.policy.on_access(ptes_[j].frame());
    }
  }

  void tell_runs(std::uint32_t n) {
    for (std::size_t j = 0; k_.events.is_attached() && j < operands_.size(); ++j) {
      k_.events.emit(Event{.touch = k_.events.touches() + j,
                           .page = page_name(j),
                           .count = n,
                           .kind = EventKind::access,
                           .operand = static_cast<std::uint8_t>(j),
                           .detail = static_cast<std::uint16_t>(operands_[j].access)});
    }
    k_.events.count_touches(std::uint64_t{n} * operands_.size());
  }

  PageName page_name(std::size_t j) const { return name_of_touched(k_, vpns_[j], ptes_[j]); }

  Kernel& k_;
  std::span<const Operand> operands_;
  ElementLoop& loop_;
  std::array<Vpn, kMostOperands> vpns_;
  std::array<Pte, kMostOperands> ptes_;
};

// Most accesses are one number: no call to the library for those.
constexpr bool is_size_of_number(std::size_t n) {
  constexpr std::uint32_t sizes = 1u << 1 | 1u << 2 | 1u << 4 | 1u << 8 | 1u << 16;
  return n < 32 && (sizes >> n & 1) != 0;
}

// Requires: is_size_of_number(n).
inline void copy_number(std::byte* to, const std::byte* from, std::size_t n) {
  if (n == 8) {
    std::memcpy(to, from, 8);
  } else if (n == 4) {
    std::memcpy(to, from, 4);
  } else if (n == 1) {
    *to = *from;
  } else if (n == 2) {
    std::memcpy(to, from, 2);
  } else {
    std::memcpy(to, from, 16);
  }
}

Outcome fail(Kernel& k, VirtAddr address, FaultResult why) {
  const int signal = signal_of(why);
  if (why == FaultResult::stopped) return {signal, address};
  emit_signal(k, k.geometry.page_of(address), signal);
  return {signal, address};
}

// Not inlined, nor the next: what they need would be saved at each quick load and store.
[[gnu::noinline]] Outcome load_pages(Kernel& k, VirtAddr address, std::span<std::byte> into,
                                     std::uint8_t operand) {
  while (!into.empty()) {
    const std::uint64_t at = k.geometry.within_page(address).count;
    const std::size_t n = std::min<std::size_t>(into.size(), k.geometry.page_size().count - at);
    const TouchResult touched =
        touch_page(k, {k.geometry.page_of(address), Access::read, operand, Toucher::program});
    if (touched.bytes == nullptr) return fail(k, address, touched.why);
    std::memcpy(into.data(), touched.bytes + at, n);
    into = into.subspan(n);
    address += Bytes{n};
  }
  return {};
}

[[gnu::noinline]] Outcome store_pages(Kernel& k, VirtAddr address, std::span<const std::byte> from,
                                      std::uint8_t operand) {
  while (!from.empty()) {
    const std::uint64_t at = k.geometry.within_page(address).count;
    const std::size_t n = std::min<std::size_t>(from.size(), k.geometry.page_size().count - at);
    const TouchResult touched =
        touch_page(k, {k.geometry.page_of(address), Access::write, operand, Toucher::program});
    if (touched.bytes == nullptr) return fail(k, address, touched.why);
    std::memcpy(touched.bytes + at, from.data(), n);
    from = from.subspan(n);
    address += Bytes{n};
  }
  return {};
}

}  // namespace

Outcome walk_elements(Kernel& k, std::span<const Operand> operands, std::uint64_t count,
                      ElementLoop& loop, Chunking chunking) {
  Walk walk(k, operands, loop);
  std::uint64_t i = 0;
  while (i < count) {
    std::uint64_t n = 0;
    if (chunking == Chunking::where_nothing_happens) n = walk.run_in_place(i, count - i);
    if (n == 0) {
      const Outcome outcome = walk.run_staged(i);
      if (!outcome.is_done()) return outcome;
      n = 1;
    }
    i += n;
  }
  return {};
}

Outcome load_bytes(Kernel& k, VirtAddr address, std::span<std::byte> into, std::uint8_t operand) {
  const std::uint64_t at = k.geometry.within_page(address).count;
  if (is_size_of_number(into.size()) && at + into.size() - 1 <= k.geometry.offset_mask()) {
    const Vpn page = k.geometry.page_of(address);
    if (const std::byte* bytes = touch_quickly<Access::read>(k, page, operand)) {
      copy_number(into.data(), bytes + at, into.size());
      return {};
    }
  }
  return load_pages(k, address, into, operand);
}

Outcome store_bytes(Kernel& k, VirtAddr address, std::span<const std::byte> from,
                    std::uint8_t operand) {
  const std::uint64_t at = k.geometry.within_page(address).count;
  if (is_size_of_number(from.size()) && at + from.size() - 1 <= k.geometry.offset_mask()) {
    const Vpn page = k.geometry.page_of(address);
    if (std::byte* bytes = touch_quickly<Access::write>(k, page, operand)) {
      copy_number(bytes + at, from.data(), from.size());
      return {};
    }
  }
  return store_pages(k, address, from, operand);
}

}  // namespace sim
