// Makes aftermaths beside the window's thread: of the newest wish, while older ones are given up.

#pragma once

#include <atomic>
#include <memory>

#include "viz/model/aftermath.h"
#include "viz/model/worker.h"

namespace viz {

class AftermathStudy {
 public:
  struct Key {
    std::shared_ptr<const Film> film;
    Tick tick = 0;
    Disaster disaster = Disaster::kill;
    friend bool operator==(const Key&, const Key&) = default;
  };

  // Nothing happens when it is wanted already.
  void want(const Key&, AftermathJob);
  void forget();
  // Null while it is not there.
  const Aftermath* of(const Key& key) const { return key == key_ ? done_.get() : nullptr; }
  bool is_wanted(const Key& key) const { return key == key_; }
  bool is_busy() const { return worker_.is_busy(); }
  bool poll() { return worker_.take_finished() > 0; }
  void on_news(std::function<void()> wake) { worker_.on_finished(std::move(wake)); }

 private:
  Key key_;
  std::shared_ptr<const Aftermath> done_;
  std::atomic<std::uint64_t> newest_ = 0;  // wishes, by number
  Worker worker_;                          // last: its jobs use the others
};

}  // namespace viz
