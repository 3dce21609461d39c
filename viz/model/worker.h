// One thread beside the window's: runs go on there, so that nothing blocks.

#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace viz {

class Worker {
 public:
  // Asked by a job now and then: whether it is no longer wanted.
  using Unwanted = std::function<bool()>;
  using Job = std::function<void(const Unwanted&)>;

  Worker() : thread_([this](const std::stop_token& stop) { work(stop); }) {}
  ~Worker();

  // Jobs are done in order. What is handed over must not be touched elsewhere until `done`, which
  // take_finished() calls on its caller's thread.
  void submit(Job job, std::function<void()> done);
  // Jobs not begun are forgotten, the one under way is told that it is unwanted and waited for;
  // none of their `done`s is called.
  void cancel();
  // Calls `done` of the jobs that are finished. How many.
  std::size_t take_finished();
  bool is_busy() const;
  // Called on the worker's thread when a job is done: wakes the window.
  void on_finished(std::function<void()> wake);

 private:
  struct Entry {
    std::uint64_t generation = 0;
    Job job;
    std::function<void()> done;
  };
  void work(const std::stop_token&);

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Entry> waiting_, finished_;
  std::function<void()> wake_;
  std::uint64_t generation_ = 0;
  bool is_working_ = false;
  std::jthread thread_;  // last: it uses the others
};

}  // namespace viz
