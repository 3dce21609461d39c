// Which changes build on which, and what they leave.

#include "sim/storage/directory.h"

#include <algorithm>
#include <set>

namespace sim {
namespace {

// The names and files that changes have in common with others.
class Concerns {
 public:
  void add(const Directory::Change& change) {
    if (!change.removed.empty()) names_.insert(change.removed);
    if (!change.added.empty()) names_.insert(change.added);
    files_.insert(change.file);
    if (change.replaced != kNoObject) files_.insert(change.replaced);
  }
  bool meet(const Directory::Change& change) const {
    return names_.contains(change.removed) || names_.contains(change.added) ||
           files_.contains(change.file) || files_.contains(change.replaced);
  }
  bool meet(const Concerns& other) const {
    const auto has_name = [&](const std::string& n) { return names_.contains(n); };
    const auto has_file = [&](std::uint32_t f) { return files_.contains(f); };
    return std::any_of(other.names_.begin(), other.names_.end(), has_name) ||
           std::any_of(other.files_.begin(), other.files_.end(), has_file);
  }
  void add(const Concerns& other) {
    names_.insert(other.names_.begin(), other.names_.end());
    files_.insert(other.files_.begin(), other.files_.end());
  }
  bool has_name(const std::string& name) const { return names_.contains(name); }

 private:
  std::set<std::string> names_;
  std::set<std::uint32_t> files_;
};

}  // namespace

void Directory::apply(const Change& change, Names& names) {
  if (!change.removed.empty()) names.erase(change.removed);
  if (!change.added.empty()) names[change.added] = change.file;
}

void Directory::install(std::string_view name, std::uint32_t file) {
  durable_[std::string(name)] = file;
}

void Directory::change(Change change) { pending_.push_back(std::move(change)); }

void Directory::make_durable(std::uint32_t file) {
  std::vector<bool> reaches(pending_.size(), false);
  Concerns concerns;
  bool found = false;
  for (std::size_t i = pending_.size(); i-- > 0;) {
    const bool is_its_own = pending_[i].file == file || pending_[i].replaced == file;
    if (!is_its_own && !(found && concerns.meet(pending_[i]))) continue;
    found = reaches[i] = true;
    concerns.add(pending_[i]);
  }
  if (!found) return;
  std::vector<Change> left;
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    if (reaches[i]) {
      apply(pending_[i], durable_);
    } else {
      left.push_back(std::move(pending_[i]));
    }
  }
  pending_ = std::move(left);
}

bool Directory::may_lead_to(std::uint32_t file) const {
  const auto is_it = [&](const auto& entry) { return entry.second == file; };
  if (std::any_of(durable_.begin(), durable_.end(), is_it)) return true;
  return std::any_of(pending_.begin(), pending_.end(), [&](const Change& change) {
    return !change.added.empty() && change.file == file;
  });
}

std::vector<Directory::Chain> Directory::chains() const {
  struct Group {
    Concerns concerns;
    std::vector<const Change*> changes;
  };
  std::vector<Group> groups;
  for (const Change& change : pending_) {
    Group joined;
    joined.concerns.add(change);
    // Groups that this change connects become one; their changes stay in order of time.
    for (std::size_t i = 0; i < groups.size();) {
      if (!groups[i].concerns.meet(joined.concerns)) {
        ++i;
        continue;
      }
      joined.concerns.add(groups[i].concerns);
      joined.changes.insert(joined.changes.end(), groups[i].changes.begin(),
                            groups[i].changes.end());
      groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(i));
    }
    joined.changes.push_back(&change);
    std::sort(joined.changes.begin(), joined.changes.end());
    groups.push_back(std::move(joined));
  }
  std::vector<Chain> chains;
  Names untouched = durable_;
  for (const Group& group : groups) {
    Names names;
    for (const auto& [name, file] : durable_) {
      if (!group.concerns.has_name(name)) continue;
      names[name] = file;
      untouched.erase(name);
    }
    Chain chain{{names}};
    for (const Change* change : group.changes) {
      apply(*change, names);
      const bool is_new =
          std::find(chain.states.begin(), chain.states.end(), names) == chain.states.end();
      if (is_new) chain.states.push_back(names);
    }
    chains.push_back(std::move(chain));
  }
  for (const auto& [name, file] : untouched) chains.push_back({{Names{{name, file}}}});
  return chains;
}

}  // namespace sim
