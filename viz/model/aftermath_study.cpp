// A wish is a number: whoever is not the newest stops.

#include "viz/model/aftermath_study.h"

namespace viz {

void AftermathStudy::want(const Key& key, AftermathJob job) {
  if (key == key_) return;
  key_ = key;
  done_.reset();
  const std::uint64_t number = ++newest_;
  auto made = std::make_shared<std::shared_ptr<const Aftermath>>();
  worker_.submit(
      [this, number, made, job = std::move(job)](const Worker::Unwanted& unwanted) mutable {
        job.interrupted = [&] { return newest_ != number || unwanted(); };
        if (!job.interrupted()) *made = make_aftermath(job);
      },
      [this, number, made] {
        if (newest_ == number) done_ = std::move(*made);
      });
}

void AftermathStudy::forget() {
  ++newest_;
  key_ = {};
  done_.reset();
}

}  // namespace viz
