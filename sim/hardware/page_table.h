// The page table of one address space: a radix tree with as many levels, and as many bits at each,
// as the machine was made with.
//
//   vpn =  | index at level 0 | index at level 1 | ... | index in the leaf |
//
// A node exists only where something below it is mapped. Nodes are copy-on-write: a copy of the
// table shares them until one side changes an entry.

#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/core/config.h"
#include "sim/core/cow.h"
#include "sim/core/units.h"
#include "sim/hardware/pte.h"

namespace sim {

inline constexpr unsigned kMostLevels = 8;

// A node's entries follow it in one allocation: at a leaf they are PTEs, above it pointers to
// nodes, each of which holds one reference.
class alignas(8) PageTableNode : public RefCounted {
 public:
  // height 0: a leaf.
  static Ref<PageTableNode> make(unsigned bits, unsigned height);
  static Ref<PageTableNode> copy_of(const PageTableNode&);
  static void destroy(PageTableNode*);

  std::uint64_t size() const { return std::uint64_t{1} << bits_; }
  std::uint64_t* entries() { return reinterpret_cast<std::uint64_t*>(this + 1); }
  const std::uint64_t* entries() const { return reinterpret_cast<const std::uint64_t*>(this + 1); }
  // Requires: this is not a leaf. Null where nothing is mapped.
  PageTableNode* child(std::uint64_t index) const {
    return reinterpret_cast<PageTableNode*>(entries()[index]);
  }
  void set_child(std::uint64_t index, Ref<PageTableNode>);
  bool is_leaf() const { return height_ == 0; }
  bool is_empty() const;

 private:
  PageTableNode(unsigned bits, unsigned height)
      : bits_(static_cast<std::uint8_t>(bits)), height_(static_cast<std::uint8_t>(height)) {}
  ~PageTableNode() = default;
  static Ref<PageTableNode> allocate(unsigned bits, unsigned height);

  std::uint8_t bits_;
  std::uint8_t height_;
};

class PageTable {
 public:
  // Requires: the shape has 1 to kMostLevels levels (problem_with() in machine.h checks).
  explicit PageTable(const PageTableShape&);

  // How many pages the address space has.
  Pages span() const { return Pages{std::uint64_t{1} << total_bits_}; }
  Vpn end() const { return Vpn{span().count}; }
  unsigned levels() const { return levels_; }

  // The entry; an empty one where nothing is mapped, and beyond the span.
  Pte get(Vpn vpn) const {
    const PageTableNode* leaf = noted_leaf(vpn);
    return leaf != nullptr ? Pte{leaf->entries()[vpn.index & leaf_mask_]} : walk(vpn);
  }
  // The same without a call, as far as the short cut reaches; else an empty one.
  Pte get_quickly(Vpn vpn) const {
    const PageTableNode* leaf = noted_leaf(vpn);
    return leaf != nullptr ? Pte{leaf->entries()[vpn.index & leaf_mask_]} : Pte{};
  }
  // The way from the root to the entry, a step a level, as far as entries lead.
  struct Step {
    unsigned bits = 0;  // of the page number that choose the entry
    std::uint64_t index = 0;
    bool is_present = false;  // leads to a node; at the leaf: the entry is not empty
  };
  std::vector<Step> steps_to(Vpn) const;
  void set(Vpn, Pte);
  // Empties [first, end) and frees the nodes that hold nothing any more.
  void clear(Vpn first, Vpn end);
  // Nodes in use, the root included: what a table costs.
  std::uint64_t count_nodes() const;

  // Calls f(vpn, pte) for each entry in [first, end) that is not empty, ascending. f changes
  // nothing here.
  template <class F>
  void for_each_in(Vpn first, Vpn end, F f) const {
    if (root_) visit(*root_, 0, 0, {first.index, end.index}, f);
  }

 private:
  struct Span {
    std::uint64_t first, end;
  };

  // From the root down, as the hardware does it.
  Pte walk(Vpn) const;
  const PageTableNode* noted_leaf(Vpn vpn) const {
    const std::uint64_t number = (vpn.index >> leaf_bits_) - first_leaf_;  // huge if below it
    return number < leaves_.size() ? leaves_[number] : nullptr;
  }
  void note_leaf(Vpn, PageTableNode*);
  void forget_leaves(Vpn first, Vpn end);

  std::uint64_t index_at(unsigned level, std::uint64_t vpn) const {
    return (vpn >> shift_[level]) & mask_[level];
  }
  void make_own(Ref<PageTableNode>& node, unsigned level) const;
  bool clear_below(Ref<PageTableNode>& node, unsigned level, std::uint64_t base, Span);

  template <class F>
  void visit(const PageTableNode& node, unsigned level, std::uint64_t base, Span span, F& f) const {
    const std::uint64_t step = std::uint64_t{1} << shift_[level];  // pages below one entry
    std::uint64_t i = span.first > base ? (span.first - base) / step : 0;
    for (; i < node.size() && base + i * step < span.end; ++i) {
      if (node.entries()[i] == 0) continue;
      if (node.is_leaf()) {
        f(Vpn{base + i}, Pte{node.entries()[i]});
      } else {
        visit(*node.child(i), level + 1, base + i * step, span, f);
      }
    }
  }

  unsigned levels_ = 0;
  unsigned total_bits_ = 0;
  std::array<std::uint8_t, kMostLevels> bits_{};
  std::array<std::uint8_t, kMostLevels> shift_{};
  std::array<std::uint64_t, kMostLevels> mask_{};
  unsigned leaf_bits_ = 0;
  std::uint64_t leaf_mask_ = 0;
  Ref<PageTableNode> root_;

  // A short cut of the simulator past the upper levels: leaves by number, from that of the first
  // page that was ever set, as far as set() came by them. Borrowed from the tree.
  std::uint64_t first_leaf_ = 0;
  std::vector<PageTableNode*> leaves_;
};

}  // namespace sim
