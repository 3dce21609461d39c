// One sweep over the ends of all runs decides every set operation.

#include "scenarios/session/page_sets.h"

#include <algorithm>

namespace session {
namespace {

struct Edge {
  std::uint32_t object;
  std::uint64_t at;
  int in_first;  // +1 enters a run of the first set, -1 leaves one, 0 neither
  int in_second;
};

void add_edges(std::vector<Edge>& edges, const std::vector<PageRun>& runs, int first, int second) {
  for (const PageRun& r : runs) {
    edges.push_back({r.object, r.first, first, second});
    edges.push_back({r.object, r.end, -first, -second});
  }
}

// The pages for which keep(in first, in second) holds.
template <class Keep>
PageSet sweep(const std::vector<PageRun>& a, const std::vector<PageRun>& b, Keep keep) {
  std::vector<Edge> edges;
  add_edges(edges, a, 1, 0);
  add_edges(edges, b, 0, 1);
  std::sort(edges.begin(), edges.end(), [](const Edge& x, const Edge& y) {
    return std::pair(x.object, x.at) < std::pair(y.object, y.at);
  });
  PageSet result;
  int in_a = 0, in_b = 0;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    in_a += edges[i].in_first;
    in_b += edges[i].in_second;
    const PageRun piece{edges[i].object, edges[i].at, edges[i + 1].at};
    const bool same_object = edges[i].object == edges[i + 1].object;
    if (!same_object || piece.first == piece.end || !keep(in_a > 0, in_b > 0)) continue;
    if (!result.empty() && result.back().object == piece.object &&
        result.back().end == piece.first) {
      result.back().end = piece.end;
    } else {
      result.push_back(piece);
    }
  }
  return result;
}

}  // namespace

PageSet set_of(std::vector<PageRun> runs) {
  return sweep(runs, {}, [](bool a, bool) { return a; });
}
PageSet united(const PageSet& x, const PageSet& y) {
  return sweep(x, y, [](bool a, bool b) { return a || b; });
}
PageSet without(const PageSet& x, const PageSet& y) {
  return sweep(x, y, [](bool a, bool b) { return a && !b; });
}
PageSet common(const PageSet& x, const PageSet& y) {
  return sweep(x, y, [](bool a, bool b) { return a && b; });
}
std::uint64_t count(const PageSet& pages) {
  std::uint64_t n = 0;
  for (const PageRun& run : pages) n += run.end - run.first;
  return n;
}
PageSet differing(const PageSet& x, const PageSet& y) {
  return sweep(x, y, [](bool a, bool b) { return a != b; });
}

}  // namespace session
