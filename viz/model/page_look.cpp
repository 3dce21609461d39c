// From the page cache, the page table, swap or the disk, whichever has the page now.

#include "viz/model/page_look.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "sim/kernel/observe.h"
#include "viz/model/file_values.h"
#include "viz/model/words.h"

namespace viz {
namespace {

constexpr std::size_t kValues = 8;

struct Found {
  std::span<const std::byte> bytes;  // none: nothing anywhere yet
  std::string where;
};

std::string frame_text(const sim::Machine& machine, sim::Pfn frame) {
  const sim::FrameView seen = sim::frame_of(machine, frame);
  return fmt::format("in frame {}{}{}", with_commas(frame.index),
                     seen.is_accessed ? ", accessed" : "",
                     seen.mappings == 0 ? ", not mapped" : "");
}

Found find_of_file(const sim::Machine& machine, const sim::Inode& inode, std::uint32_t index) {
  const sim::PgOff page{index};
  const auto frame = inode.cache.find(page);
  const std::uint64_t page_bytes = machine.page_size().count;
  const std::uint64_t begin = std::min(inode.size.count, index * page_bytes);
  return {{sim::page_in_cache(machine.kernel(), inode, page),
           std::min(page_bytes, inode.size.count - begin)},
          frame ? frame_text(machine, *frame) : "in no frame: on the disk only"};
}

// The page's address, by the newest area that shows it.
std::optional<sim::Vpn> place_of(const sim::Kernel& k, sim::PageName page) {
  std::optional<sim::Vpn> place;
  std::uint64_t newest = 0;
  for (const auto& [first, area] : k.space.areas()) {
    if (place && area.serial < newest) continue;
    sim::Vpn vpn = area.mapping_first + sim::Pages{page.index};
    if (area.file == page.object && area.file_page.index <= page.index) {
      vpn = area.first + sim::Pages{page.index - area.file_page.index};
    } else if (!area.has_own_pages() || area.mapping != page.object) {
      continue;
    }
    if (vpn < area.first || area.end <= vpn) continue;
    place = vpn;
    newest = area.serial;
  }
  return place;
}

Found find_of_own(const sim::Machine& machine, std::optional<sim::Vpn> vpn) {
  const sim::Kernel& k = machine.kernel();
  if (!vpn) return {{}, "not mapped any more"};
  const std::uint64_t page_bytes = machine.page_size().count;
  const sim::Pte pte = k.mmu.table().get(*vpn);
  if (pte.has(sim::pte_bit::swapped)) {
    return {{sim::bytes_in(k.swap.load(pte.slot())), page_bytes},
            fmt::format("slot {}", with_commas(pte.slot().index))};
  }
  if (!pte.has_frame()) {
    return {{},
            pte.is_present() ? "reads as zeros: no frame of its own"
                             : "in no frame: not stored to yet"};
  }
  return {{k.memory.bytes(pte.frame()), page_bytes}, frame_text(machine, pte.frame())};
}

}  // namespace

PageLook look_at_page(const Player& player, sim::PageName page) {
  const sim::Machine& machine = player.machine();
  const sim::Kernel& k = machine.kernel();
  const auto inode = k.files.inodes().find(page.object);
  const auto vpn = place_of(k, page);
  const Found found = inode != k.files.inodes().end()
                          ? find_of_file(machine, inode->second, page.index)
                          : find_of_own(machine, vpn);
  PageLook look;
  look.name = fmt::format("page {} of {}", with_commas(page.index),
                          name_of_object(player.film().run(), page.object));
  look.where = found.where;
  if (found.bytes.empty()) return look;
  if (!player.knows_contents()) {
    look.where += ", bytes " + why_not_kept(player.film());
    return look;
  }
  const ElementFormat format = element_format(player, page.object);
  const std::uint64_t page_bytes = machine.page_size().count;
  // The first element that begins in the page.
  const std::uint64_t before = page.index * page_bytes % format.size;
  const std::uint64_t skipped = before == 0 ? 0 : format.size - before;
  for (std::size_t i = 0; i < kValues && skipped + (i + 1) * format.size <= found.bytes.size();
       ++i) {
    look.values.push_back(
        element_text(format, found.bytes.subspan(skipped + i * format.size, format.size)));
  }
  look.format = format.dtype;
  const auto visit = player.visit();
  if (!vpn || !visit) return look;
  const auto element =
      element_at(player.film(), *visit, k.geometry.start_of(*vpn) + sim::Bytes{skipped});
  if (element) look.format += " from " + *element;
  return look;
}

}  // namespace viz
