// A table over all 32-bit page numbers, as a three-level radix tree of copy-on-write nodes: a page
// nobody wrote costs nothing, however far out its neighbours lie. T{} means absent.

#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "sim/core/cow.h"

namespace sim {

template <class T>
class SparseTable {
 public:
  const T& operator[](std::uint32_t index) const {
    const std::size_t branch = index >> kBranchShift;
    if (branch >= branches_.size() || !branches_[branch]) return kAbsent;
    const Leaf* leaf = branches_[branch]->leaves[(index >> kLeafShift) & kFanMask].get();
    return leaf == nullptr ? kAbsent : leaf->items[index & kFanMask];
  }

  // The entry, to be written to; good until the table is copied.
  T& edit(std::uint32_t index) {
    const std::size_t branch = index >> kBranchShift;
    if (branch >= branches_.size()) branches_.resize(branch + 1);
    make_own(branches_[branch]);
    Ref<Leaf>& leaf = branches_[branch]->leaves[(index >> kLeafShift) & kFanMask];
    make_own(leaf);
    return leaf->items[index & kFanMask];
  }

  void clear() { branches_.clear(); }

  // Forgets every entry from `first` on.
  void erase_from(std::uint64_t first) {
    const std::uint64_t whole_leaf = (first + kFanMask) >> kLeafShift;  // the first that goes whole
    for (std::uint64_t i = first; i < (whole_leaf << kLeafShift); ++i) erase_one(i);
    const std::uint64_t whole_branch = (whole_leaf + kFanMask) >> kFanBits;
    for (std::uint64_t leaf = whole_leaf; leaf < (whole_branch << kFanBits); ++leaf) {
      const std::uint64_t branch = leaf >> kFanBits;
      if (branch >= branches_.size() || !branches_[branch]) break;
      if (!branches_[branch]->leaves[leaf & kFanMask]) continue;
      make_own(branches_[branch]);
      branches_[branch]->leaves[leaf & kFanMask] = Ref<Leaf>();
    }
    if (whole_branch < branches_.size()) branches_.resize(whole_branch);
  }

  // Calls f(index, entry) for each present entry in [first, end), ascending. f changes nothing
  // here.
  template <class F>
  void for_each_in(std::uint64_t first, std::uint64_t end, F f) const {
    end = std::min(end, std::uint64_t{branches_.size()} << kBranchShift);
    std::uint64_t i = first;
    while (i < end) {
      const Ref<Branch>& branch = branches_[i >> kBranchShift];
      if (!branch) {
        i = ((i >> kBranchShift) + 1) << kBranchShift;
        continue;
      }
      const Leaf* leaf = branch->leaves[(i >> kLeafShift) & kFanMask].get();
      const std::uint64_t leaf_end = std::min(end, ((i >> kLeafShift) + 1) << kLeafShift);
      for (; leaf != nullptr && i < leaf_end; ++i) {
        const T& item = leaf->items[i & kFanMask];
        if (!(item == kAbsent)) f(static_cast<std::uint32_t>(i), item);
      }
      i = leaf_end;
    }
  }

 private:
  static constexpr unsigned kFanBits = 9;  // as an x86-64 page table: nodes of 2 to 4 KiB
  static constexpr unsigned kLeafShift = kFanBits;
  static constexpr unsigned kBranchShift = 2 * kFanBits;
  static constexpr std::uint64_t kFanMask = (1u << kFanBits) - 1;

  struct Leaf : RefCounted {
    static void destroy(Leaf* leaf) { delete leaf; }
    std::array<T, 1u << kFanBits> items{};
  };
  struct Branch : RefCounted {
    static void destroy(Branch* branch) { delete branch; }
    std::array<Ref<Leaf>, 1u << kFanBits> leaves{};
  };

  template <class Node>
  static void make_own(Ref<Node>& node) {
    if (node && node.is_unique()) return;
    node = Ref<Node>(node ? new Node(*node) : new Node);
  }

  void erase_one(std::uint64_t index) {
    const auto i = static_cast<std::uint32_t>(index);
    if (index >> 32 == 0 && !((*this)[i] == kAbsent)) edit(i) = T{};
  }

  inline static const T kAbsent{};
  std::vector<Ref<Branch>> branches_;
};

}  // namespace sim
