// Nodes of the page table, and changes to it: a shared node is cloned on the way to the entry.

#include "sim/hardware/page_table.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "sim/core/check.h"

namespace sim {
namespace {

// 64 GiB of 4 KiB pages in leaves of 512: the list is copied with the table, 8 bytes a leaf.
constexpr std::uint64_t kMostNotedLeaves = std::uint64_t{1} << 15;

}  // namespace

Ref<PageTableNode> PageTableNode::allocate(unsigned bits, unsigned height) {
  const std::size_t entries = std::size_t{1} << bits;
  void* place = ::operator new(sizeof(PageTableNode) + entries * sizeof(std::uint64_t));
  return Ref<PageTableNode>(new (place) PageTableNode(bits, height));
}

Ref<PageTableNode> PageTableNode::make(unsigned bits, unsigned height) {
  Ref<PageTableNode> node = allocate(bits, height);
  std::fill_n(node->entries(), node->size(), 0);
  return node;
}

Ref<PageTableNode> PageTableNode::copy_of(const PageTableNode& other) {
  Ref<PageTableNode> node = allocate(other.bits_, other.height_);
  std::copy_n(other.entries(), other.size(), node->entries());
  for (std::uint64_t i = 0; !node->is_leaf() && i < node->size(); ++i) {
    if (node->child(i) != nullptr) node->child(i)->add_reference();
  }
  return node;
}

void PageTableNode::destroy(PageTableNode* node) {
  for (std::uint64_t i = 0; !node->is_leaf() && i < node->size(); ++i) node->set_child(i, {});
  node->~PageTableNode();
  ::operator delete(node);
}

void PageTableNode::set_child(std::uint64_t index, Ref<PageTableNode> child) {
  PageTableNode* old = this->child(index);
  entries()[index] = reinterpret_cast<std::uint64_t>(child.get());
  if (child) child->add_reference();
  if (old != nullptr && old->drop_reference()) destroy(old);
}

bool PageTableNode::is_empty() const {
  return std::all_of(entries(), entries() + size(), [](std::uint64_t e) { return e == 0; });
}

PageTable::PageTable(const PageTableShape& shape)
    : levels_(static_cast<unsigned>(shape.bits.size())) {
  SIM_CHECK(levels_ >= 1);
  SIM_CHECK(levels_ <= kMostLevels);
  for (unsigned level = levels_; level-- > 0;) {
    bits_[level] = static_cast<std::uint8_t>(shape.bits[level]);
    shift_[level] = static_cast<std::uint8_t>(total_bits_);
    mask_[level] = (std::uint64_t{1} << shape.bits[level]) - 1;
    total_bits_ += shape.bits[level];
  }
  leaf_bits_ = bits_[levels_ - 1];
  leaf_mask_ = mask_[levels_ - 1];
}

void PageTable::make_own(Ref<PageTableNode>& node, unsigned level) const {
  if (!node) {
    node = PageTableNode::make(bits_[level], levels_ - 1 - level);
  } else if (!node.is_unique()) {
    node = PageTableNode::copy_of(*node);
  }
}

void PageTable::set(Vpn vpn, Pte pte) {
  SIM_CHECK(vpn.index < span().count);
  make_own(root_, 0);
  PageTableNode* node = root_.get();
  for (unsigned level = 0; level + 1 < levels_; ++level) {
    const std::uint64_t index = index_at(level, vpn.index);
    PageTableNode* child = node->child(index);
    if (child == nullptr || !child->is_unique()) {
      Ref<PageTableNode> own(child);
      make_own(own, level + 1);
      node->set_child(index, own);
      child = own.get();
    }
    node = child;
  }
  node->entries()[index_at(levels_ - 1, vpn.index)] = pte.raw();
  note_leaf(vpn, node);
}

Pte PageTable::walk(Vpn vpn) const {
  if (vpn >= end()) return Pte{};
  const PageTableNode* node = root_.get();
  for (unsigned level = 0; node != nullptr; ++level) {
    const std::uint64_t index = index_at(level, vpn.index);
    if (level + 1 == levels_) return Pte{node->entries()[index]};
    node = node->child(index);
  }
  return Pte{};
}

std::vector<PageTable::Step> PageTable::steps_to(Vpn vpn) const {
  std::vector<Step> steps;
  const PageTableNode* node = vpn < end() ? root_.get() : nullptr;
  for (unsigned level = 0; level < levels_; ++level) {
    const std::uint64_t index = index_at(level, vpn.index);
    const bool is_present = node != nullptr && node->entries()[index] != 0;
    steps.push_back({bits_[level], index, is_present});
    if (!is_present) break;
    if (level + 1 < levels_) node = node->child(index);
  }
  return steps;
}

void PageTable::note_leaf(Vpn vpn, PageTableNode* leaf) {
  if (leaves_.empty()) first_leaf_ = vpn.index >> leaf_bits_;
  const std::uint64_t number = (vpn.index >> leaf_bits_) - first_leaf_;
  if (number >= kMostNotedLeaves) return;
  if (number >= leaves_.size()) leaves_.resize(number + 1);
  leaves_[number] = leaf;
}

void PageTable::forget_leaves(Vpn first, Vpn end) {
  const std::uint64_t from = first.index >> leaf_bits_;
  const std::uint64_t to = ((end.index - 1) >> leaf_bits_) + 1;
  const std::uint64_t last = std::min<std::uint64_t>(to, first_leaf_ + leaves_.size());
  for (std::uint64_t i = std::max(from, first_leaf_); i < last; ++i) {
    leaves_[i - first_leaf_] = nullptr;
  }
}

void PageTable::clear(Vpn first, Vpn end) {
  if (!root_ || first >= end) return;
  forget_leaves(first, end);
  clear_below(root_, 0, 0, {first.index, end.index});
}

// True when the node held nothing else and is gone.
bool PageTable::clear_below(Ref<PageTableNode>& node, unsigned level, std::uint64_t base,
                            Span span) {
  const std::uint64_t step = std::uint64_t{1} << shift_[level];
  if (span.first <= base && base + node->size() * step <= span.end) {
    node = {};
    return true;
  }
  if (!node.is_unique()) node = PageTableNode::copy_of(*node);
  std::uint64_t i = span.first > base ? (span.first - base) / step : 0;
  for (; i < node->size() && base + i * step < span.end; ++i) {
    if (node->is_leaf()) {
      node->entries()[i] = 0;
    } else if (PageTableNode* child = node->child(i); child != nullptr) {
      Ref<PageTableNode> below(child);
      node->set_child(i, {});  // so that `below` is the only reference from this table
      clear_below(below, level + 1, base + i * step, span);
      node->set_child(i, below);
    }
  }
  if (!node->is_empty()) return false;
  node = {};
  return true;
}

std::uint64_t PageTable::count_nodes() const {
  struct Counter {
    static std::uint64_t below(const PageTableNode& node) {
      std::uint64_t nodes = 1;
      for (std::uint64_t i = 0; !node.is_leaf() && i < node.size(); ++i) {
        if (node.child(i) != nullptr) nodes += below(*node.child(i));
      }
      return nodes;
    }
  };
  return root_ ? Counter::below(*root_) : 0;
}

}  // namespace sim
