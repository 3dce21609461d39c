// A run that shows on a terminal that it goes on.

#pragma once

#include <string>
#include <utility>

#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/progress.h"
#include "scenarios/session/play.h"

namespace cli {

// While it lives, the play tells its progress whenever it asks for interruptions.
class Watched {
 public:
  Watched(session::Play& play, std::string what) : play_(play), progress_(std::move(what)) {
    play_.interrupted = [this] {
      progress_.goes_on();
      return interrupted();
    };
  }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;
  ~Watched() { play_.interrupted = interrupted; }

 private:
  session::Play& play_;
  Progress progress_;
};

}  // namespace cli
