// A sentence or two for each.

#include "viz/panels/glossary.h"

#include <algorithm>
#include <array>

namespace viz {
namespace {

struct Entry {
  std::string_view word, meaning;
};

constexpr std::array kEntries{
    Entry{"absent", "The page is in no frame. Touching it is a page fault."},
    Entry{"clean", "The page is in a frame and the disk, or swap, holds the same bytes."},
    Entry{"dirty", "The page was stored to: what is in its frame is nowhere else yet."},
    Entry{"being written", "The page is on its way to the disk, or to swap."},
    Entry{"in swap", "The page lost its frame; its bytes wait in a slot of the swap area."},
    Entry{"private copy",
          "A store to a private map copied the file's page. The file never gets it."},
    Entry{"major fault", "A page fault that had to wait for the disk."},
    Entry{"minor", "A page fault that needed no disk: the page was in memory, or is new."},
    Entry{"write-notify",
          "The first store to a clean page faults, so that the kernel learns it is dirty."},
    Entry{"victim", "The page that gives its frame to another: the eviction policy chose it."},
    Entry{"write-back", "A dirty page is written to its file; it is clean then."},
    Entry{"accessed",
          "The processor sets this bit of the page-table entry whenever the page is used."},
    Entry{"Address",
          "The program's address, cut as the processor cuts it: an index for each level of the "
          "page table, and the place within the page."},
    Entry{"Frames", "Memory, in pieces of one page. A page must be in a frame to be used."},
    Entry{"Resident pages",
          "The pages that are in frames now. Which frame is which, the kernel does not tell."},
    Entry{"present", "The entry leads to a frame. If it does not, using the page is a page fault."},
    Entry{"writable", "A store needs no fault."},
    Entry{"file page",
          "The page belongs to a file, and is shared with everyone who uses the file."},
    Entry{"program", "The file's bytes as the program sees them, through its map."},
    Entry{"page cache",
          "The file's bytes in memory: what every program that opens the file reads."},
    Entry{"disk", "The file's bytes as the disk would hold them if the power failed now."},
    Entry{"Agreement",
          "The same figures of both computers, up to this moment. ← : this computer evicted and "
          "swapped what the simulated one did, so these cannot differ."},
    Entry{
        "area",
        "A range of addresses that mmap gave: it shows a file, or memory of its own (the kernel's "
        "word is VMA)."},
    Entry{"evicted", "Pages that lost their frame so far, to make room for others."},
    Entry{"written back", "Pages written to their files so far."},
    Entry{"accesses", "Loads and stores so far, and pages that system calls moved bytes of."},
    Entry{"minor faults",
          "Page faults so far that needed no disk: the page was in memory, or is new."},
    Entry{"major faults", "Page faults so far that had to wait for the disk."},
    Entry{"read from disk", "Pages read from files on the disk so far."},
    Entry{"simulated time",
          "How long the run has taken on the simulated computer, by the price of each event."},
    Entry{"swapped out", "Pages written to swap so far: no file backs them."},
    Entry{"faults", "Page faults: accesses that found no usable entry in the page table."},
    Entry{"major", "Page faults that had to wait for the disk."},
    Entry{"swapped", "Pages written to the swap area, since no file backs them."},
    Entry{"written", "Pages written back to the disk."},
    Entry{"TLB",
          "The processor's own small table of translations. A page that it knows is found "
          "without a walk through the page table."},
    Entry{"TLB hit", "The TLB knows the page's frame: no walk through the page table."},
    Entry{"TLB miss", "The TLB does not know the page: the processor walks the page table."},
    Entry{"offset", "The place within the page: the last bits of the address."},
};

}  // namespace

std::string_view meaning_of(std::string_view word) {
  const auto found = std::find_if(kEntries.begin(), kEntries.end(),
                                  [&](const Entry& e) { return e.word == word; });
  return found == kEntries.end() ? std::string_view() : found->meaning;
}

}  // namespace viz
