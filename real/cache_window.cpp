// Mapping, mincore, and a look into smaps.

#include "real/cache_window.h"

#include <fcntl.h>
#include <sys/mman.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace real {

using sim::PageRange;
using sim::PageRanges;

namespace {

// vm.mmap_min_addr of most kernels. Where something else is there, the kernel finds a place.
constexpr std::uint64_t kLowest = 0x10000;
constexpr std::uint64_t kMostAtOnce = 4096;  // pages of one mapping

// A number that begins there and ends before that character.
std::optional<std::uint64_t> number_at(const std::string& line, std::size_t from, int base,
                                       char after) {
  if (from >= line.size()) return std::nullopt;
  std::uint64_t number = 0;
  const char* const end = line.data() + line.size();
  const auto [stop, error] = std::from_chars(line.data() + from, end, number, base);
  if (error != std::errc() || stop == end || *stop != after) return std::nullopt;
  return number;
}

}  // namespace

// Some pages of a file, mapped for reading. Nothing is brought in.
class CacheWindow::Mapped {
 public:
  Mapped(int fd, PageRange pages, unsigned shift)
      : bytes_((pages.end - pages.first) << shift), shift_(shift) {
    const auto offset = static_cast<off_t>(pages.first << shift);
    void* const lowest = reinterpret_cast<void*>(kLowest);
    memory_ = ::mmap(lowest, bytes_, PROT_READ, MAP_SHARED | MAP_FIXED_NOREPLACE, fd, offset);
    if (memory_ == MAP_FAILED) memory_ = ::mmap(nullptr, bytes_, PROT_READ, MAP_SHARED, fd, offset);
    if (is_there()) ::madvise(memory_, bytes_, MADV_RANDOM);  // a mark to read ahead at stays
  }
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;
  ~Mapped() {
    if (is_there()) ::munmap(memory_, bytes_);
  }

  bool is_there() const { return memory_ != MAP_FAILED; }
  void* address() const { return memory_; }
  std::uint64_t bytes() const { return bytes_; }
  std::vector<unsigned char> resident() const {
    std::vector<unsigned char> pages(bytes_ >> shift_);
    if (!is_there() || ::mincore(memory_, bytes_, pages.data()) != 0) return {};
    for (unsigned char& page : pages) page &= 1;
    return pages;
  }
  void touch(std::uint64_t page) const {
    static_cast<void>(static_cast<const volatile std::byte*>(memory_)[page << shift_]);
  }

 private:
  std::uint64_t bytes_;
  unsigned shift_;
  void* memory_ = MAP_FAILED;
};

CacheWindow::CacheWindow(sim::PageGeometry geometry)
    : geometry_(geometry), smaps_(::open("/proc/self/smaps", O_RDONLY | O_CLOEXEC)) {}

PageRanges CacheWindow::resident(int fd, PageRange pages) const {
  PageRanges found;
  for (std::uint64_t first = pages.first; first < pages.end; first += kMostAtOnce) {
    const Mapped mapped(fd, {first, std::min(first + kMostAtOnce, pages.end)}, geometry_.shift());
    const std::vector<unsigned char> resident = mapped.resident();
    for (std::uint64_t i = 0; i < resident.size(); ++i) {
      if (resident[i] != 0) found.append(first + i);
    }
  }
  return found;
}

// Of the mapping that begins there: Shared_Dirty and Private_Dirty, by how many map the page.
std::uint64_t CacheWindow::dirty_bytes_at(std::uint64_t address) const {
  std::string text;  // what is read and has no end of line yet
  std::uint64_t bytes = 0;
  bool is_ours = false;
  for (off_t at = 0;;) {
    char more[2048];
    const ssize_t n = ::pread(smaps_.number(), more, sizeof(more), at);
    if (n <= 0) return bytes;
    at += n;
    text.append(more, static_cast<std::size_t>(n));
    for (std::size_t cut = text.find('\n'); cut != std::string::npos; cut = text.find('\n')) {
      const std::string line = text.substr(0, cut);
      text.erase(0, cut + 1);
      if (is_ours && line.starts_with("VmFlags:")) return bytes;
      is_ours = is_ours || number_at(line, 0, 16, '-') == address;
      const std::size_t digit = line.find_first_of("0123456789");
      const bool counts = line.starts_with("Shared_Dirty:") || line.starts_with("Private_Dirty:");
      if (is_ours && counts) bytes += number_at(line, digit, 10, ' ').value_or(0) * 1024;
    }
  }
}

void CacheWindow::dirty(int fd, PageRange pages, PageRanges& into) const {
  std::vector<unsigned char> resident;
  std::uint64_t dirty = 0;
  {
    const Mapped mapped(fd, pages, geometry_.shift());
    resident = mapped.resident();
    for (std::uint64_t i = 0; i < resident.size(); ++i) {
      if (resident[i] != 0) mapped.touch(i);
    }
    const auto address = reinterpret_cast<std::uint64_t>(mapped.address());
    if (!resident.empty()) dirty = dirty_bytes_at(address) >> geometry_.shift();
  }
  if (dirty == 0) return;
  if (pages.end - pages.first == 1) return into.append(pages.first);
  if (dirty == static_cast<std::uint64_t>(std::count(resident.begin(), resident.end(), 1))) {
    for (std::uint64_t i = 0; i < resident.size(); ++i) {
      if (resident[i] != 0) into.append(pages.first + i);
    }
    return;
  }
  const std::uint64_t middle = pages.first + (pages.end - pages.first) / 2;
  this->dirty(fd, {pages.first, middle}, into);
  this->dirty(fd, {middle, pages.end}, into);
}

PageRanges CacheWindow::dirty(int fd, PageRange pages) const {
  PageRanges found;
  for (std::uint64_t first = pages.first; shows_dirty() && first < pages.end;
       first += kMostAtOnce) {
    dirty(fd, {first, std::min(first + kMostAtOnce, pages.end)}, found);
  }
  return found;
}

// A mapping of a file that was opened for reading only counts as private, and msync leaves it out.
void CacheWindow::write_back(int fd, PageRange pages) const {
  const Descriptor again(
      ::open(("/proc/self/fd/" + std::to_string(fd)).c_str(), O_RDWR | O_CLOEXEC));
  const Mapped mapped(again.number(), pages, geometry_.shift());
  if (mapped.is_there()) ::msync(mapped.address(), mapped.bytes(), MS_SYNC);
}

}  // namespace real
