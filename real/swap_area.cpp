// Taking a slot.

#include "real/swap_area.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

namespace real {

SwapArea::SwapArea(sim::Bytes page_size)
    : page_size_(page_size), file_(::memfd_create("pagewalk-swap", MFD_CLOEXEC)) {}

std::optional<std::uint32_t> SwapArea::store(const std::byte* page) {
  const std::uint32_t slot = free_.empty() ? used_ : free_.back();
  const auto bytes = static_cast<ssize_t>(page_size_.count);
  const auto at = static_cast<off_t>(place(slot).index);
  if (::pwrite(file_.number(), page, page_size_.count, at) != bytes) return std::nullopt;
  if (free_.empty()) {
    ++used_;
  } else {
    free_.pop_back();
  }
  return slot;
}

std::vector<std::byte> SwapArea::bytes(std::uint32_t slot) const {
  std::vector<std::byte> page(page_size_.count);
  const ssize_t n =
      ::pread(file_.number(), page.data(), page.size(), static_cast<off_t>(place(slot).index));
  page.resize(static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
  return page;
}

void SwapArea::free(std::uint32_t slot) {
  const auto shared = sharers_.find(slot);
  if (shared == sharers_.end()) return free_.push_back(slot);
  if (--shared->second == 0) sharers_.erase(shared);
}

}  // namespace real
