// What happens to a machine before and between programs: its settings, its disk, a cold start.

#include <algorithm>
#include <bit>
#include <cstring>

#include "sim/kernel/file_calls.h"
#include "sim/kernel/reclaim.h"
#include "sim/kernel/unmap.h"
#include "sim/kernel/writeback.h"
#include "sim/machine.h"

namespace sim {
namespace {

constexpr unsigned kMostBitsOfLevel = 20;  // a flat table of 2^20 entries, 32 bits: 8 MiB a node
constexpr unsigned kFewestBits = 6;        // 64 pages: below that hardly a mapping fits
constexpr unsigned kMostAddressBits = 62;  // addresses are added up in 64 bits

std::string number(std::uint64_t n) { return std::to_string(n); }

std::optional<std::string> problem_with_levels(const MachineConfig& config) {
  const std::vector<unsigned>& bits = config.levels.bits;
  if (bits.empty() || bits.size() > kMostLevels) {
    return "levels: " + number(bits.size()) + " levels; a page table has 1 to " +
           number(kMostLevels) + ". Write the bits of each level, root first: 9,9,9,9 is x86-64.";
  }
  unsigned sum = 0;
  for (const unsigned b : bits) {
    if (b < 1 || b > kMostBitsOfLevel) {
      return "levels: a level of " + number(b) +
             " bits; a node has 2^bits entries, so a level has "
             "1 to " +
             number(kMostBitsOfLevel) + " bits. 9,9,9,9 is x86-64.";
    }
    sum += b;
  }
  const unsigned shift = PageGeometry(config.page_size).shift();
  if (sum < kFewestBits) {
    return "levels: " + number(sum) + " bits in all make " + number(std::uint64_t{1} << sum) +
           " pages, too few to map anything useful. Write levels whose bits sum to at least " +
           number(kFewestBits) + ", such as 9,9,9,9.";
  }
  if (sum + shift > kMostAddressBits) {
    return "levels: " + number(sum) + " bits and " + number(shift) +
           " bits within a page make "
           "addresses of " +
           number(sum + shift) + " bits; at most " + number(kMostAddressBits) +
           " are possible. Write fewer bits, such as 9,9,9,9.";
  }
  return std::nullopt;
}

std::optional<std::string> problem_with_tlb(TlbShape tlb) {
  if (tlb.entries == 0) return std::nullopt;
  if (tlb.entries > (1u << 20)) {
    return "tlb_entries: " + number(tlb.entries) +
           " is more than a TLB can be asked to hold here "
           "(1048576). Real ones have 64 to 2048.";
  }
  if (tlb.ways == 0 || tlb.entries % tlb.ways != 0) {
    return "tlb_entries: " + number(tlb.entries) + " entries cannot be cut into sets of " +
           number(tlb.ways) + " ways. Write a multiple of the ways, or 0 for no TLB.";
  }
  if (!std::has_single_bit(tlb.entries / tlb.ways)) {
    return "tlb_entries: " + number(tlb.entries) + " entries in sets of " + number(tlb.ways) +
           " ways make " + number(tlb.entries / tlb.ways) +
           " sets; bits of the page number choose "
           "the set, so their number must be a power of two. Write " +
           number(std::bit_floor(tlb.entries / tlb.ways) * tlb.ways) + ", for example.";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> problem_with(const MachineConfig& config) {
  const std::uint64_t page = config.page_size.count;
  if (!std::has_single_bit(page) || page < 16 || page > kLargestPage) {
    return "page_size: " + number(page) +
           " is not a power of two from 16 to 65536; addresses are "
           "cut into page and offset by bits. Write 4096 (what the real computer has), or 64 to "
           "see small arrays cross pages.";
  }
  if (config.frames.count == 0) {
    return "frames: 0 frames hold no page, so no program could touch anything. Write at least 1.";
  }
  if (config.frames.count > kMostFrames) {
    return "frames: " + number(config.frames.count) + " is more than the " + number(kMostFrames) +
           " frames a machine can have. 262144 frames of 4096 bytes are 1 GiB.";
  }
  if (config.swap_pages.count > kMostSwapSlots) {
    return "swap_pages: " + number(config.swap_pages.count) + " is more than the " +
           number(kMostSwapSlots) + " slots a swap area can have. 262144 of 4096 bytes are 1 GiB.";
  }
  if (config.background.dirty_ratio > 100) {
    return "dirty_ratio: " + number(config.background.dirty_ratio) +
           " percent of the frames; at most 100 of 100 can be dirty. Write 0 for no limit, or 20 "
           "as Linux has it.";
  }
  // 2^63 nanoseconds of simulated time will do.
  if (config.background.dirty_expire_ms > (std::uint64_t{1} << 63) / 1'000'000) {
    return "dirty_expire_ms: " + number(config.background.dirty_expire_ms) +
           " is more than simulated time counts. Write 30000, as Linux has it, or less.";
  }
  if (auto problem = problem_with_levels(config)) return problem;
  return problem_with_tlb(config.tlb);
}

Status Machine::install_sparse_file(std::string_view name, Bytes size) {
  if (!is_plain_name(name)) return Errno{EINVAL};
  if (size > largest_file(kernel_)) return Errno{EFBIG};
  if (const Inode* old = kernel_.files.find(name)) {
    const std::uint32_t object = old->object;
    if (const Status gone = unlink_file(kernel_, name); !gone) return gone;
    kernel_.directory.make_durable(object);
  }
  Inode& inode = kernel_.files.create(name, kernel_.next_object++);
  inode.resize(size);
  inode.disk.make_size_durable(size);
  kernel_.directory.install(name, inode.object);
  return done();
}

Status Machine::install_file(std::string_view name, std::span<const std::byte> bytes) {
  const Status made = install_sparse_file(name, Bytes{bytes.size()});
  if (!made) return made;
  Inode& inode = *kernel_.files.find(name);
  const std::uint64_t page_size = config_.page_size.count;
  for (std::uint64_t at = 0; at < bytes.size(); at += page_size) {
    const std::size_t n = std::min<std::size_t>(page_size, bytes.size() - at);
    Ref<PageBlock> block = PageBlock::zeroed(config_.page_size);
    std::memcpy(block->data(), bytes.data() + at, n);
    inode.disk.write(kernel_.geometry.page_of(FileOffset{at}), block);
  }
  return done();
}

void Machine::cold_start() {
  EventStream* stream = kernel_.events.detach();
  for (auto& [_, inode] : kernel_.files.inodes()) {
    flush(kernel_, inode, PgOff{0}, kEndOfPages);
    drop_clean_pages(kernel_, inode);
  }
  kernel_.mmu.flush_tlb();
  kernel_.events.attach(stream);
}

}  // namespace sim
