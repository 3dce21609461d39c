// How this computer moves bytes within one page of the page cache (sim/core/page_copy.h): found out
// by having it make the same call on a page of its own.

#pragma once

#include <cstdint>
#include <memory>

#include "real/descriptor.h"
#include "sim/core/page_copy.h"

namespace real {

class KernelCopy final : public sim::PageCopy {
 public:
  // Null where there is no memory for it.
  static std::unique_ptr<KernelCopy> make();
  ~KernelCopy() override;
  KernelCopy(const KernelCopy&) = delete;
  KernelCopy& operator=(const KernelCopy&) = delete;

  // Requires: the page is no larger than this computer's.
  void move(std::span<std::byte> page, const sim::MoveInPage&) override;

 private:
  KernelCopy(Descriptor file, std::byte* page, std::size_t bytes)
      : file_(std::move(file)), page_(page), bytes_(bytes) {}

  Descriptor file_;  // in memory
  std::byte* page_;  // of it, mapped
  std::size_t bytes_;
};

}  // namespace real
