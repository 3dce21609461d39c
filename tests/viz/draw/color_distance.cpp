// The published formulas.

#include "tests/viz/draw/color_distance.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace viz_tests {
namespace {

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

constexpr double kPi = std::numbers::pi;

double linear(double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); }

Vector linear(viz::Color c) {
  return {linear(c.r / 255.0), linear(c.g / 255.0), linear(c.b / 255.0)};
}

Vector times(const Matrix& m, const Vector& v) {
  Vector out{};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) out[i] += m[i][j] * v[j];
  }
  return out;
}

Vector as_seen(const Vector& rgb, Eyes eyes) {
  constexpr Matrix protan{
      {{.152286, 1.052583, -.204868}, {.114503, .786281, .099216}, {-.003882, -.048116, 1.051998}}};
  constexpr Matrix deutan{
      {{.367322, .860646, -.227968}, {.280085, .672501, .047413}, {-.011820, .042940, .968881}}};
  constexpr Matrix tritan{
      {{1.255528, -.076749, -.178779}, {-.078411, .930809, .147602}, {.004733, .691367, .303900}}};
  Vector seen = rgb;
  if (eyes == Eyes::protanopia) seen = times(protan, rgb);
  if (eyes == Eyes::deuteranopia) seen = times(deutan, rgb);
  if (eyes == Eyes::tritanopia) seen = times(tritan, rgb);
  for (double& c : seen) c = std::clamp(c, 0.0, 1.0);
  return seen;
}

Lab lab(const Vector& rgb) {
  constexpr Matrix to_xyz{{{.4124564, .3575761, .1804375},
                           {.2126729, .7151522, .0721750},
                           {.0193339, .1191920, .9503041}}};
  constexpr Vector white{.95047, 1, 1.08883};
  Vector xyz = times(to_xyz, rgb);
  for (std::size_t i = 0; i < 3; ++i) {
    const double t = xyz[i] / white[i];
    xyz[i] = t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }
  return {116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])};
}

double hue(double a, double b) {
  if (a == 0 && b == 0) return 0;
  const double h = std::atan2(b, a);
  return h < 0 ? h + 2 * kPi : h;
}

double degrees(double d) { return d * kPi / 180; }

}  // namespace

double ciede2000(const Lab& p, const Lab& q) {
  const double mean_c = (std::hypot(p.a, p.b) + std::hypot(q.a, q.b)) / 2;
  const double seventh = std::pow(mean_c, 7);
  const double g = 0.5 * (1 - std::sqrt(seventh / (seventh + std::pow(25.0, 7))));
  const double a1 = p.a * (1 + g), a2 = q.a * (1 + g);
  const double c1 = std::hypot(a1, p.b), c2 = std::hypot(a2, q.b);
  const double h1 = hue(a1, p.b), h2 = hue(a2, q.b);
  double dh = c1 * c2 == 0 ? 0 : h2 - h1;
  if (dh > kPi) dh -= 2 * kPi;
  if (dh < -kPi) dh += 2 * kPi;
  double mean_h = h1 + h2;
  if (c1 * c2 != 0) {
    const bool near = std::abs(h1 - h2) <= kPi;
    mean_h = near ? (h1 + h2) / 2 : (h1 + h2 + (h1 + h2 < 2 * kPi ? 2 * kPi : -2 * kPi)) / 2;
  }
  const double dl = q.l - p.l, dc = c2 - c1, dhue = 2 * std::sqrt(c1 * c2) * std::sin(dh / 2);
  const double l = (p.l + q.l) / 2, c = (c1 + c2) / 2;
  const double t = 1 - 0.17 * std::cos(mean_h - degrees(30)) + 0.24 * std::cos(2 * mean_h) +
                   0.32 * std::cos(3 * mean_h + degrees(6)) -
                   0.20 * std::cos(4 * mean_h - degrees(63));
  const double bump = (mean_h / degrees(1) - 275) / 25;
  const double turn = degrees(60) * std::exp(-bump * bump);
  const double rc = 2 * std::sqrt(std::pow(c, 7) / (std::pow(c, 7) + std::pow(25.0, 7)));
  const double l50 = (l - 50) * (l - 50);
  const double sl = 1 + 0.015 * l50 / std::sqrt(20 + l50), sc = 1 + 0.045 * c,
               sh = 1 + 0.015 * c * t;
  const double x = dl / sl, y = dc / sc, z = dhue / sh;
  return std::sqrt(x * x + y * y + z * z - std::sin(turn) * rc * y * z);
}

double distance(viz::Color one, viz::Color other, Eyes eyes) {
  return ciede2000(lab(as_seen(linear(one), eyes)), lab(as_seen(linear(other), eyes)));
}

double contrast(viz::Color one, viz::Color other) {
  const auto luminance = [](viz::Color c) {
    const Vector v = linear(c);
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2];
  };
  const double a = luminance(one), b = luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

}  // namespace viz_tests
