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
  if (kept.value("theme", "dark") == "light") preferences.theme = Theme::light;
  if (kept.contains("scale") && kept["scale"].is_number_integer()) {
    preferences.scale_steps = kept["scale"].get<int>();
  }
  if (kept.contains("lesson") && kept["lesson"].is_string()) {
    preferences.lesson = kept["lesson"].get<std::string>();
  }
  return preferences;
}

std::optional<Problem> keep_preferences(const Preferences& preferences, const std::string& path) {
  std::error_code error;
  fs::create_directories(fs::path(path).parent_path(), error);
  const json kept = {{"theme", preferences.theme == Theme::light ? "light" : "dark"},
                     {"scale", preferences.scale_steps},
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
