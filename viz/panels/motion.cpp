// A fade takes 120 ms, an arrow 240 ms.

#include "viz/panels/motion.h"

#include <algorithm>
#include <cmath>

namespace viz {
namespace {

constexpr double kFade = 0.12, kGrowth = 0.24, kLongAgo = -1e9;

Color between(Color from, Color to, float part) {
  const auto mix = [part](std::uint8_t a, std::uint8_t b) {
    const auto x = static_cast<float>(a), y = static_cast<float>(b);
    return static_cast<std::uint8_t>(std::lround(x + (y - x) * part));
  };
  return {mix(from.r, to.r), mix(from.g, to.g), mix(from.b, to.b)};
}

}  // namespace

void Motion::begin_frame(std::optional<double> seconds) {
  now_ = seconds;
  moves_now_ = is_step_ && seconds.has_value();
  is_step_ = false;
  is_moving_ = false;
}

float Motion::part(double begin, double seconds) {
  const double part = std::clamp((*now_ - begin) / seconds, 0.0, 1.0);
  if (part < 1) is_moving_ = true;
  return static_cast<float>(part);
}

Color Motion::shade(Rect place, Color to) {
  if (!now_) return to;
  const auto whole = [](float x) { return static_cast<int>(std::lround(x)); };
  const Place at{whole(place.x), whole(place.y), whole(place.w), whole(place.h)};
  const auto [it, is_new] = fades_.try_emplace(at, Fade{to, to, kLongAgo});
  Fade& fade = it->second;
  if (!is_new && fade.to != to) {
    const Color seen = between(fade.from, fade.to, part(fade.begin, kFade));
    fade = moves_now_ ? Fade{seen, to, *now_} : Fade{to, to, kLongAgo};
  }
  fade.is_drawn = true;
  return between(fade.from, fade.to, part(fade.begin, kFade));
}

float Motion::grown(std::string_view arrow) {
  if (!now_) return 1;
  auto found = growths_.find(arrow);
  if (found == growths_.end()) {
    found = growths_.emplace(arrow, Growth{moves_now_ ? *now_ : kLongAgo}).first;
  }
  found->second.is_drawn = true;
  return part(found->second.begin, kGrowth);
}

void Motion::end_frame() {
  std::erase_if(fades_, [](const auto& fade) { return !fade.second.is_drawn; });
  std::erase_if(growths_, [](const auto& growth) { return !growth.second.is_drawn; });
  for (auto& [place, fade] : fades_) fade.is_drawn = false;
  for (auto& [name, growth] : growths_) growth.is_drawn = false;
}

}  // namespace viz
