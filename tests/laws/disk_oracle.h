// A random program on a machine's files, and a naive account of what a power cut may leave of them:
// lists of whole page contents, kept from what the program did and from the write-backs it caused.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/machine.h"
#include "tests/laws/naive_computer.h"

namespace laws {

using NaiveImage = std::map<std::string, Content>;

class DiskOracle {
 public:
  DiskOracle(sim::Machine&, std::uint64_t seed);
  ~DiskOracle();

  // One operation on the machine, and what it means for the disk.
  void step() {
    do_something();
    directories_.clear();
    if (pending_.size() <= kMostPending) directories_ = directories();
  }

  bool allows(const NaiveImage&) const;
  // Bytes that were synced and not stored to, cut off or removed since.
  bool holds_synced_bytes(const NaiveImage&) const;
  // How many images there are: nothing if more than `most`.
  std::optional<std::uint64_t> enumerate(std::uint64_t most) const;

  const std::vector<std::string>& log() const { return log_; }

 private:
  struct File {
    std::uint32_t object = 0;
    sim::Fd fd;
    std::string name;  // empty: removed
    Content bytes;     // what the program sees
    // Since the last sync:
    std::set<std::uint64_t> sizes;
    std::map<std::uint64_t, Content> disk;        // pages as last written, absent: zeros
    std::map<std::uint64_t, Content> before_cut;  // pages that a cut took, as they were
    std::set<std::uint64_t> dirty;
    std::uint64_t cut_from = ~std::uint64_t{0};
    std::uint64_t durable_size = 0;
    std::map<std::uint64_t, std::byte> synced;
    bool lost = false;  // removed and closed: what was dirty is gone
  };
  struct Change {
    std::string removed, added;
    std::size_t file = 0;
    std::optional<std::size_t> replaced;
  };
  using Names = std::map<std::string, std::size_t>;

  static constexpr std::size_t kMostPending = 8;  // of which all subsets are looked at

  void do_something();
  void create();
  void write(File&);
  void store(File&);
  void truncate(File&);
  void sync(File&);
  void remove(std::size_t);
  void rename(std::size_t);
  void take_events();
  void synced(std::size_t);
  void changed(File&, std::uint64_t from, std::uint64_t to);

  std::vector<Content> contents(const File&, std::uint64_t page) const;
  std::set<Content> images(const File&, std::uint64_t most) const;
  std::vector<Names> directories() const;
  Content page_of(const File&, std::uint64_t page) const;
  std::uint64_t below(std::uint64_t n) { return rng_.below(n); }

  sim::Machine& machine_;
  sim::Rng rng_;
  sim::EventLog events_;
  std::unique_ptr<sim::EventStream> stream_;
  std::vector<File> files_;
  Names durable_;
  std::vector<Change> pending_;
  std::vector<Names> directories_;  // as the last step left them; empty: too many
  int names_made_ = 0;
  std::vector<std::string> log_;
};

}  // namespace laws
