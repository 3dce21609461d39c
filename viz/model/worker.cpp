// A queue in, a queue out.

#include "viz/model/worker.h"

namespace viz {

Worker::~Worker() {
  cancel();
  thread_.request_stop();
  changed_.notify_all();
}

void Worker::submit(Job job, std::function<void()> done) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back({generation_, std::move(job), std::move(done)});
  changed_.notify_all();
}

void Worker::cancel() {
  std::unique_lock lock(mutex_);
  ++generation_;
  waiting_.clear();
  changed_.wait(lock, [this] { return !is_working_; });
  finished_.clear();
}

std::size_t Worker::take_finished() {
  std::deque<Entry> finished;
  {
    const std::lock_guard lock(mutex_);
    finished.swap(finished_);
  }
  for (Entry& entry : finished) entry.done();
  return finished.size();
}

bool Worker::is_busy() const {
  const std::lock_guard lock(mutex_);
  return is_working_ || !waiting_.empty() || !finished_.empty();
}

void Worker::on_finished(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

void Worker::work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
    Entry entry = std::move(waiting_.front());
    waiting_.pop_front();
    is_working_ = true;
    lock.unlock();
    entry.job([&] {
      const std::lock_guard inner(mutex_);
      return stop.stop_requested() || generation_ != entry.generation;
    });
    entry.job = nullptr;
    lock.lock();
    is_working_ = false;
    changed_.notify_all();
    if (generation_ == entry.generation) finished_.push_back(std::move(entry));
    if (wake_) wake_();
  }
}

}  // namespace viz
