// Page contents are kept by value, directories enumerated as sets of changes.

#include "tests/laws/disk_oracle.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace laws {

namespace {
constexpr std::uint64_t kPage = 16;
constexpr std::uint64_t kMostBytes = 3 * kPage;
}  // namespace

DiskOracle::DiskOracle(sim::Machine& machine, std::uint64_t seed)
    : machine_(machine), rng_(seed), stream_(std::make_unique<sim::EventStream>(events_)) {
  machine_.attach(stream_.get());
}

DiskOracle::~DiskOracle() { machine_.attach(nullptr); }

Content DiskOracle::page_of(const File& file, std::uint64_t page) const {
  Content content(kPage);
  for (std::uint64_t i = 0; i < kPage && page * kPage + i < file.bytes.size(); ++i) {
    content[i] = file.bytes[page * kPage + i];
  }
  return content;
}

void DiskOracle::do_something() {
  std::vector<std::size_t> named;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (!files_[i].name.empty()) named.push_back(i);
  }
  if (named.empty() || (named.size() < 2 && below(8) == 0)) return create();
  const std::size_t which = named[below(named.size())];
  File& file = files_[which];
  switch (below(14)) {
    case 0: return remove(which);
    case 1: return rename(which);
    case 2:
    case 3: return truncate(file);
    case 4:
    case 5: sync(file); return synced(which);
    case 6:
    case 7:
    case 8:
    case 9: return store(file);
    default: return write(file);
  }
}

// Write-backs that the last operation caused, by pressure or by a sync: those pages are on the
// disk. Called before the operation's own bytes are taken over.
void DiskOracle::take_events() {
  stream_->flush();
  for (const sim::Event& event : events_.events()) {
    for (File& file : files_) {
      if (file.object != event.page.object) continue;
      if (event.kind == sim::EventKind::dirty) file.dirty.insert(event.page.index);
      if (event.kind != sim::EventKind::write_back) continue;
      file.disk[event.page.index] = page_of(file, event.page.index);
      file.dirty.erase(event.page.index);
    }
  }
  events_.clear();
}

void DiskOracle::create() {
  const std::string name = "f" + std::to_string(below(4));
  const auto fd = machine_.open(
      name, {.access = sim::OpenAccess::read_write, .create = true, .exclusive = true});
  if (!fd) return;
  log_.push_back("create " + name);
  File file;
  file.object = machine_.fstat(*fd)->object;
  file.fd = *fd;
  file.name = name;
  file.sizes = {0};
  files_.push_back(file);
  pending_.push_back({"", name, files_.size() - 1, {}});
  take_events();
}

void DiskOracle::changed(File& file, std::uint64_t from, std::uint64_t to) {
  file.synced.erase(file.synced.lower_bound(from), file.synced.lower_bound(to));
}

// Within one page: a write-back in the midst of it can then only be of other pages.
void DiskOracle::write(File& file) {
  const std::uint64_t at = below(kMostBytes);
  const std::uint64_t n = 1 + below(kPage - at % kPage);
  Content bytes(n);
  for (std::byte& b : bytes) b = static_cast<std::byte>(1 + below(3));
  log_.push_back("write " + file.name + " " + std::to_string(at) + "+" + std::to_string(n));
  REQUIRE(machine_.lseek(file.fd, static_cast<std::int64_t>(at), sim::Whence::set).ok());
  REQUIRE(machine_.write(file.fd, std::span<const std::byte>(bytes)).ok());
  take_events();
  if (file.bytes.size() < at + n) file.bytes.resize(at + n);
  std::copy(bytes.begin(), bytes.end(), file.bytes.begin() + static_cast<std::ptrdiff_t>(at));
  file.sizes.insert(file.bytes.size());
  changed(file, at, at + n);
}

void DiskOracle::store(File& file) {
  if (file.bytes.empty()) return;
  const std::uint64_t at = below(file.bytes.size());
  const auto value = static_cast<std::byte>(1 + below(3));
  log_.push_back("store " + file.name + " " + std::to_string(at));
  const auto map = machine_.mmap({.file = file.fd,
                                  .length = sim::Bytes{file.bytes.size()},
                                  .protection = {.write = true},
                                  .sharing = sim::Sharing::shared});
  REQUIRE(map.ok());
  REQUIRE(machine_.store(map->base + sim::Bytes{at}, {&value, 1}).is_done());
  take_events();
  file.bytes[at] = value;
  changed(file, at, at + 1);
  if (below(4) == 0) {  // msync of that page alone: its bytes, and the file's name and size
    const std::uint64_t start = at / kPage * kPage;
    log_.push_back("msync " + file.name + " page " + std::to_string(at / kPage));
    REQUIRE(machine_.msync(map->base + sim::Bytes{start}, sim::Bytes{kPage}).ok());
    take_events();
    synced(static_cast<std::size_t>(&file - files_.data()));
  }
  REQUIRE(machine_.munmap(map->base, sim::Bytes{file.bytes.size()}).ok());
  take_events();
}

void DiskOracle::truncate(File& file) {
  const std::uint64_t size = below(kMostBytes + 1);
  log_.push_back("truncate " + file.name + " to " + std::to_string(size));
  REQUIRE(machine_.ftruncate(file.fd, sim::Bytes{size}).ok());
  take_events();
  const std::uint64_t pages = (size + kPage - 1) / kPage;
  if (size < file.bytes.size()) {
    file.cut_from = std::min(file.cut_from, pages);
    for (auto it = file.disk.lower_bound(pages); it != file.disk.end();) {
      // Only the first cut since the last sync takes what belonged to the durable file.
      file.before_cut.try_emplace(it->first, it->second);
      it = file.disk.erase(it);
    }
    file.dirty.erase(file.dirty.lower_bound(pages), file.dirty.end());
    changed(file, size, ~std::uint64_t{0});
  }
  file.bytes.resize(size);
  file.sizes.insert(size);
}

void DiskOracle::sync(File& file) {
  log_.push_back("fsync " + file.name);
  REQUIRE(machine_.fsync(file.fd).ok());
  take_events();
}

// The name, the size and all cuts are durable; pages still dirty (msync of others) are not.
void DiskOracle::synced(std::size_t which) {
  File& file = files_[which];
  file.sizes = {file.bytes.size()};
  file.durable_size = file.bytes.size();
  file.before_cut.clear();
  file.cut_from = ~std::uint64_t{0};
  for (std::uint64_t at = 0; at < file.bytes.size(); ++at) {
    if (!file.dirty.contains(at / kPage)) file.synced[at] = file.bytes[at];
  }
  // Its changes, and those before them that share a name or a file with one of them.
  std::set<std::size_t> wanted;
  for (std::size_t i = pending_.size(); i-- > 0;) {
    const Change& c = pending_[i];
    bool is_wanted = c.file == which || c.replaced == which;
    for (const std::size_t j : wanted) {
      const Change& later = pending_[j];
      for (const std::string& mine : {c.removed, c.added}) {
        const bool shared = !mine.empty() && (mine == later.removed || mine == later.added);
        is_wanted = is_wanted || shared;
      }
      is_wanted = is_wanted || c.file == later.file || c.file == later.replaced ||
                  (c.replaced && (c.replaced == later.file || c.replaced == later.replaced));
    }
    if (is_wanted) wanted.insert(i);
  }
  std::vector<Change> left;
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    const Change& c = pending_[i];
    if (!wanted.contains(i)) {
      left.push_back(c);
      continue;
    }
    durable_.erase(c.removed);
    if (!c.added.empty()) durable_[c.added] = c.file;
  }
  pending_ = left;
}

void DiskOracle::remove(std::size_t which) {
  File& file = files_[which];
  log_.push_back("remove " + file.name);
  REQUIRE(machine_.unlink(file.name).ok());
  REQUIRE(machine_.close(file.fd).ok());
  take_events();
  pending_.push_back({file.name, "", which, {}});
  file.name.clear();
  file.lost = true;
  file.dirty.clear();
  file.synced.clear();
}

void DiskOracle::rename(std::size_t which) {
  const std::string to = "f" + std::to_string(below(4));
  if (to == files_[which].name) return;
  log_.push_back("rename " + files_[which].name + " to " + to);
  std::optional<std::size_t> replaced;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (files_[i].name == to) replaced = i;
  }
  REQUIRE(machine_.rename(files_[which].name, to).ok());
  if (replaced) REQUIRE(machine_.close(files_[*replaced].fd).ok());
  take_events();
  pending_.push_back({files_[which].name, to, which, replaced});
  files_[which].name = to;
  if (!replaced) return;
  files_[*replaced].name.clear();
  files_[*replaced].lost = true;
  files_[*replaced].dirty.clear();
  files_[*replaced].synced.clear();
}

// What a page may hold, whole.
std::vector<Content> DiskOracle::contents(const File& file, std::uint64_t page) const {
  std::vector<Content> list;
  const auto found = file.disk.find(page);
  list.push_back(found == file.disk.end() ? Content(kPage) : found->second);
  if (file.dirty.contains(page)) list.push_back(page_of(file, page));
  const auto cut = file.before_cut.find(page);
  if (cut != file.before_cut.end()) {
    list.push_back(cut->second);
  } else if (page >= file.cut_from && page * kPage < file.durable_size) {
    list.push_back(Content(kPage));  // a hole of the file as it was
  }
  return list;
}

// More than `most`: some of them.
std::set<Content> DiskOracle::images(const File& file, std::uint64_t most) const {
  std::set<Content> all;
  for (std::uint64_t size = *file.sizes.begin(); size <= *file.sizes.rbegin(); ++size) {
    std::set<Content> some = {Content{}};
    for (std::uint64_t page = 0; page * kPage < size; ++page) {
      std::set<Content> longer;
      for (const Content& start : some) {
        for (const Content& content : contents(file, page)) {
          Content whole = start;
          const auto n = static_cast<std::ptrdiff_t>(std::min(kPage, size - page * kPage));
          whole.insert(whole.end(), content.begin(), content.begin() + n);
          longer.insert(whole);
        }
      }
      some = longer;
    }
    all.insert(some.begin(), some.end());
    if (all.size() > most) break;
  }
  return all;
}

// Every set of pending changes in which a change comes only with those before it that are connected
// to it, over other changes if need be.
std::vector<DiskOracle::Names> DiskOracle::directories() const {
  const std::size_t n = pending_.size();
  std::vector<std::size_t> group(n);
  for (std::size_t i = 0; i < n; ++i) group[i] = i;
  const auto share = [](const Change& a, const Change& b) {
    for (const std::string& x : {a.removed, a.added}) {
      if (!x.empty() && (x == b.removed || x == b.added)) return true;
    }
    std::set<std::size_t> files = {a.file};
    if (a.replaced) files.insert(*a.replaced);
    return files.contains(b.file) || (b.replaced && files.contains(*b.replaced));
  };
  for (std::size_t round = 0; round < n; ++round) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (share(pending_[i], pending_[j])) group[i] = group[j] = std::min(group[i], group[j]);
      }
    }
  }
  std::set<Names> all;
  for (std::uint64_t chosen = 0; chosen < (std::uint64_t{1} << n); ++chosen) {
    bool is_closed = true;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = i + 1; j < n; ++j) {
        const bool only_later = (chosen >> j & 1) != 0 && (chosen >> i & 1) == 0;
        if (only_later && group[i] == group[j]) is_closed = false;
      }
    }
    if (!is_closed) continue;
    Names names = durable_;
    for (std::size_t i = 0; i < n; ++i) {
      if ((chosen >> i & 1) == 0) continue;
      names.erase(pending_[i].removed);
      if (!pending_[i].added.empty()) names[pending_[i].added] = pending_[i].file;
    }
    all.insert(names);
  }
  return {all.begin(), all.end()};
}

bool DiskOracle::allows(const NaiveImage& image) const {
  if (directories_.empty()) return true;  // too many to look at
  for (const Names& names : directories_) {
    bool fits = names.size() == image.size();
    for (const auto& [name, file] : names) {
      const auto found = image.find(name);
      if (!fits || found == image.end()) {
        fits = false;
        break;
      }
      const Content& bytes = found->second;
      const auto& sizes = files_[file].sizes;
      fits = bytes.size() >= *sizes.begin() && bytes.size() <= *sizes.rbegin();
      for (std::uint64_t page = 0; fits && page * kPage < bytes.size(); ++page) {
        const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(page * kPage);
        const auto n = static_cast<std::ptrdiff_t>(std::min(kPage, bytes.size() - page * kPage));
        const auto list = contents(files_[file], page);
        fits = std::any_of(list.begin(), list.end(),
                           [&](const Content& c) { return std::equal(from, from + n, c.begin()); });
      }
    }
    if (fits) return true;
  }
  return false;
}

bool DiskOracle::holds_synced_bytes(const NaiveImage& image) const {
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const File& file = files_[i];
    const bool is_concerned = std::any_of(pending_.begin(), pending_.end(), [&](const Change& c) {
      return c.file == i || c.replaced == i || c.added == file.name || c.removed == file.name;
    });
    if (file.name.empty() || is_concerned || !durable_.contains(file.name)) continue;
    const auto found = image.find(file.name);
    if (found == image.end()) return false;
    for (const auto& [at, byte] : file.synced) {
      if (at >= found->second.size() || found->second[at] != byte) return false;
    }
  }
  return true;
}

std::optional<std::uint64_t> DiskOracle::enumerate(std::uint64_t most) const {
  if (directories_.empty()) return std::nullopt;
  std::uint64_t count = 0;
  for (const Names& names : directories_) {
    std::uint64_t product = 1;
    for (const auto& [name, file] : names) {
      const std::uint64_t n = images(files_[file], most).size();
      if (n > most) return std::nullopt;
      product *= n;
    }
    count += product;
    if (count > most * most) return std::nullopt;
  }
  return count;
}

}  // namespace laws
