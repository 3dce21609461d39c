// What the app shows, as JSON in a file: for tests that drive the real window. Written only when it
// changed, beside the file and renamed.

#pragma once

#include <optional>
#include <string>

#include "viz/app/app.h"
#include "viz/platform/stage.h"

namespace viz {

class StateFile {
 public:
  explicit StateFile(std::string path) : path_(std::move(path)) {}
  // A problem: why it could not be written.
  std::optional<Problem> write(const App&, const Stage&);

 private:
  std::string path_;
  std::string last_;
};

}  // namespace viz
