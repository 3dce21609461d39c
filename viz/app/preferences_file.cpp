// A small JSON object.

#include "viz/app/preferences_file.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace viz {
namespace {

using json = nlohmann::ordered_json;
namespace fs = std::filesystem;

// Of a window, in pixels; 0 for what no window has.
int side_of(const json& value, int least) {
  const int pixels = value.is_number_integer() ? value.get<int>() : 0;
  return pixels >= least && pixels <= 16384 ? pixels : 0;
}

}  // namespace

std::string preferences_path() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  if (config != nullptr && *config != '\0') return std::string(config) + "/pagewalk/app.json";
  const char* home = std::getenv("HOME");
  if (home != nullptr && *home != '\0') return std::string(home) + "/.config/pagewalk/app.json";
  return "";
}

Preferences read_preferences(const std::string& path) {
  Preferences preferences;
  std::ifstream in(path);
  const json kept = json::parse(in, nullptr, false);
  if (!kept.is_object()) return preferences;
  if (kept.value("theme", json()) == "light") preferences.theme = Theme::light;
  if (const json scale = kept.value("scale", json()); scale.is_number_integer()) {
    preferences.scale_steps = scale.get<int>();
  }
  if (const json lesson = kept.value("lesson", json()); lesson.is_string()) {
    preferences.lesson = lesson.get<std::string>();
  }
  preferences.has_motion = kept.value("motion", json()) != false;
  if (const json window = kept.value("window", json()); window.is_array() && window.size() == 2) {
    preferences.width = side_of(window[0], 320);
    preferences.height = side_of(window[1], 200);
  }
  return preferences;
}

std::optional<Problem> keep_preferences(const Preferences& preferences, const std::string& path) {
  std::error_code error;
  fs::create_directories(fs::path(path).parent_path(), error);
  const json kept = {{"theme", preferences.theme == Theme::light ? "light" : "dark"},
                     {"scale", preferences.scale_steps},
                     {"motion", preferences.has_motion},
                     {"window", {preferences.width, preferences.height}},
                     {"lesson", preferences.lesson}};
  const std::string beside = path + ".tmp";
  {
    std::ofstream out(beside, std::ios::trunc);
    out << kept.dump(1) << '\n';
    if (!out.flush()) return Problem{path + ": cannot be written"};
  }
  fs::rename(beside, path, error);
  if (error) return Problem{path + ": " + error.message()};
  return std::nullopt;
}

}  // namespace viz
