// Makes the run that stands beside the one that is open, on a thread of its own: the newest wish is
// made, older ones are given up.

#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/lesson/lesson.h"
#include "viz/model/beside.h"
#include "viz/model/worker.h"

namespace viz {

// Programs run one after the other, each on the files that the one before left; the last is the one
// that is wanted. None: its film is there.
struct BesideJob {
  std::shared_ptr<const Film> left;
  std::shared_ptr<const Film> right;
  session::Files files;
  std::vector<lesson::ProgramBlock> programs;
};

class BesideStudy {
 public:
  struct Key {
    std::shared_ptr<const Film> left;
    std::string choice;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Made {
    std::unique_ptr<Beside> beside;  // null: it could not be made
    std::string why_not;
  };

  // Requires: it is not wanted already.
  void want(const Key&, BesideJob);
  // It cannot be had, for that reason.
  void refuse(const Key&, std::string why_not);
  // What is under way stops; it is not wanted again by itself.
  void stop();

  bool is_wanted(const Key& key) const { return key == key_; }
  // Of the newest wish; null while it is being made, and where it cannot be.
  Beside* beside() { return made_ ? made_->beside.get() : nullptr; }
  const Beside* beside() const { return made_ ? made_->beside.get() : nullptr; }
  std::string why_not() const { return made_ ? made_->why_not : ""; }
  const std::string& choice() const { return key_.choice; }
  // That the program has made so far.
  std::uint64_t accesses() const { return accesses_; }

  bool is_busy() const { return worker_.is_busy(); }
  bool poll() { return worker_.take_finished() > 0; }
  // Called now and then while a program runs, too.
  void on_news(const std::function<void()>& wake) {
    wake_ = wake;
    worker_.on_finished(wake);
  }

 private:
  Key key_;
  std::optional<Made> made_;
  std::atomic<std::uint64_t> newest_ = 0;  // wishes, by number
  std::atomic<std::uint64_t> accesses_ = 0;
  std::function<void()> wake_;
  Worker worker_;  // last: its jobs use the others
};

}  // namespace viz
