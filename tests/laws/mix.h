// The loop that random walks run: depends on every byte read and on their order.

#pragma once

#include <cstdint>
#include <span>

#include "sim/core/computer.h"

namespace laws {

// Every write operand's element becomes a mix of all read ones and its own number.
class Mix final : public sim::ElementLoop {
 public:
  explicit Mix(std::span<const sim::Operand> operands) : operands_(operands) {}
  void run(std::byte* const* pointers, std::uint64_t n) override {
    for (std::uint64_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < operands_.size(); ++j) {
        at_[j] = pointers[j] + static_cast<std::int64_t>(i) * operands_[j].stride;
      }
      mix();
    }
  }

 private:
  void mix() {
    unsigned sum = 7;
    for (std::size_t j = 0; j < operands_.size(); ++j) {
      for (std::uint32_t b = 0; b < operands_[j].size; ++b) {
        if (operands_[j].access == sim::Access::read) {
          sum = sum * 31 + std::to_integer<unsigned>(at_[j][b]);
        } else {
          at_[j][b] = static_cast<std::byte>(sum + b);
        }
      }
    }
  }
  std::span<const sim::Operand> operands_;
  std::byte* at_[sim::kMostOperands] = {};
};

}  // namespace laws
