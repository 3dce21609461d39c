// Law: what the disk would hold after a power cut, if nothing more reached it, is what each page
// held when it was last written back, in the length that the file had at its last fsync or msync.

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "tests/laws/law_machine.h"

namespace laws {
namespace {

using sim::Event;
using sim::EventKind;
using sim::PageName;

// Each file's durable bytes, put together from events.
class NaiveDisk {
 public:
  explicit NaiveDisk(std::uint64_t page_size) : page_size_(page_size) {}

  // `before`: the file's bytes before the operation that the write-back was part of.
  void write_back(PageName page, const Content& before) {
    File& file = files_[page.object];
    const std::uint64_t start = page.index * page_size_;
    const std::uint64_t end = std::min<std::uint64_t>(before.size(), start + page_size_);
    Content block(page_size_);
    for (std::uint64_t at = start; at < end; ++at) block[at - start] = before[at];
    file.written[page.index] = block;
    // What a cut that is not durable took has its own place on the disk.
    if (page.index < file.cut_to) file.pages[page.index] = block;
  }
  void cut(std::uint32_t object, std::uint64_t size) {
    File& file = files_[object];
    const std::uint64_t pages = (size + page_size_ - 1) / page_size_;
    file.cut_to = std::min(file.cut_to, pages);
    std::erase_if(file.written, [&](const auto& entry) { return entry.first >= pages; });
  }
  void make_size_durable(std::uint32_t object, std::uint64_t size) {
    File& file = files_[object];
    file.pages = file.written;
    file.cut_to = kNever;
    file.size = size;
    file.has_name = true;
  }
  // A name is on the disk for sure from the file's first fsync or msync on.
  bool has_name(std::uint32_t object) { return files_[object].has_name; }
  Content bytes(std::uint32_t object) {
    File& file = files_[object];
    Content all(file.size);
    for (const auto& [page, block] : file.pages) {
      for (std::uint64_t i = 0; i < page_size_ && page * page_size_ + i < file.size; ++i) {
        all[page * page_size_ + i] = block[i];
      }
    }
    return all;
  }

 private:
  static constexpr std::uint64_t kNever = ~std::uint64_t{0};
  struct File {
    std::map<std::uint64_t, Content> pages;    // of the durable file
    std::map<std::uint64_t, Content> written;  // of the file as it is
    std::uint64_t size = 0;
    bool has_name = false;
    std::uint64_t cut_to = kNever;  // pages from here on were cut off since
  };
  std::uint64_t page_size_;
  std::map<std::uint32_t, File> files_;
};

TEST_CASE("the durable image is made of the bytes at each page's last write-back") {
  std::uint64_t write_backs = 0;
  for_random_machines(200, [&](sim::MachineConfig config, std::uint64_t seed) {
    config.background = {};  // its writes are complete only a while after they are told
    sim::Machine machine(config);
    sim::EventLog log;
    sim::EventStream stream(log);
    machine.attach(&stream);
    RandomProgram program(seed, config.page_size.count);
    program.stay_within_pages();
    NaiveDisk disk(config.page_size.count);
    for (int i = 0; i < 150; ++i) {
      std::map<std::uint32_t, Content> before;
      for (const sim::FileState& file : machine.observe().files) {
        if (file.name.empty()) continue;
        before[file.object] =
            *machine.bytes_of(file.name, sim::Truth::cache, {}, sim::Bytes{1 << 20}).bytes;
      }
      const std::uint64_t files_before = machine.list_files().size();
      program.step(machine);
      stream.flush();
      const bool may_have_unlinked = machine.list_files().size() < files_before;
      for (const Event& event : log.events()) {
        const std::uint32_t object = event.page.object;
        if (event.kind == EventKind::write_back && before.contains(object)) {
          disk.write_back(event.page, before[object]);
          ++write_backs;
        }
        if (event.kind != EventKind::system_call || event.detail != 0) continue;
        const auto call = static_cast<sim::SystemCall>(event.operand);
        for (const sim::FileState& file : machine.observe().files) {
          if (file.object != object) continue;
          if (call == sim::SystemCall::ftruncate) disk.cut(object, file.size.count);
          if (call == sim::SystemCall::fsync || call == sim::SystemCall::msync) {
            disk.make_size_durable(object, file.size.count);
          }
        }
      }
      log.clear();
      if (may_have_unlinked) continue;
      for (const sim::FileState& file : machine.observe().files) {
        if (file.name.empty()) continue;
        const Content image =
            *machine.bytes_of(file.name, sim::Truth::durable, {}, sim::Bytes{1 << 20}).bytes;
        REQUIRE(image == (disk.has_name(file.object) ? disk.bytes(file.object) : Content{}));
      }
    }
  });
  CHECK(write_backs > 1000);
}

}  // namespace
}  // namespace laws
