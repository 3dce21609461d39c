// A computer without pages in frames, caches or swap: files and mappings as plain bytes. What a
// program reads from the machine must be what it reads from this.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/core/computer.h"

namespace laws {

using Content = std::vector<std::byte>;

struct NaiveFile {
  Content bytes;
};

// Page size and addresses are the machine's, so that accesses fail at the same pages.
struct NaiveArea {
  std::uint64_t base = 0;
  std::vector<bool> mapped;    // by page
  std::vector<bool> writable;  // by page
  int file = -1;               // -1: anonymous
  std::uint64_t offset = 0;    // of the first page in the file, in bytes
  sim::Sharing sharing = sim::Sharing::private_copy;
  std::map<std::uint64_t, Content> own;  // pages stored to, of private and anonymous areas
};

class NaiveComputer {
 public:
  explicit NaiveComputer(std::uint64_t page_size) : page_size_(page_size) {}

  std::uint64_t page_size() const { return page_size_; }
  std::vector<NaiveFile>& files() { return files_; }
  std::vector<NaiveArea>& areas() { return areas_; }

  // 0 or the signal that an access to this byte ends in.
  int signal_at(std::uint64_t address, sim::Access) const;
  // The access is to bytes of a file's last page beyond its end: accepted, but what they hold
  // later depends on when the page is written back. Programs of the laws leave those alone.
  bool is_beyond_end(std::uint64_t address) const;

  // Requires: signal_at(address, access) is 0.
  std::byte load(std::uint64_t address) const;
  void store(std::uint64_t address, std::byte);

  // One access of any length, page by page. The signal, and how many bytes were done before it.
  struct Done {
    int signal = 0;
    std::uint64_t bytes = 0;
  };
  Done load(std::uint64_t address, std::span<std::byte> into) const;
  Done store(std::uint64_t address, std::span<const std::byte> from);

  // read() and write() through memory, piece by piece and byte by byte: the bytes moved.
  std::uint64_t read_file(int file, std::uint64_t at, std::uint64_t address, std::uint64_t length);
  std::uint64_t write_file(int file, std::uint64_t at, std::uint64_t address, std::uint64_t length);
  void set_size(int file, std::uint64_t size);
  void forget_own_pages(NaiveArea&, std::uint64_t first_page, std::uint64_t end_page);

 private:
  const NaiveArea* find(std::uint64_t address) const;

  std::uint64_t page_size_;
  std::vector<NaiveFile> files_;
  std::vector<NaiveArea> areas_;
};

}  // namespace laws
