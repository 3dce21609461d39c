// One table row per setting: how to read it, how to show it.

#include "scenarios/session/settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <sstream>

#include "scenarios/session/nearest.h"
#include "scenarios/session/toml_text.h"
#include "sim/machine.h"

namespace session {
namespace {

// Reads a whole number with an optional K, M or G (powers of 1024).
std::optional<std::uint64_t> parse_number(std::string_view text) {
  unsigned shift = 0;
  if (!text.empty()) {
    switch (text.back()) {
      case 'K': shift = 10; break;
      case 'M': shift = 20; break;
      case 'G': shift = 30; break;
      default: break;
    }
    if (shift != 0) text.remove_suffix(1);
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (shift != 0 && value > (UINT64_MAX >> shift)) return std::nullopt;
  return value << shift;
}

std::string show(const sim::PageTableShape& shape) {
  const bool uniform = std::all_of(shape.bits.begin(), shape.bits.end(),
                                   [&](unsigned b) { return b == shape.bits.front(); });
  if (uniform) return fmt::format("{}x{}", shape.bits.size(), shape.bits.front());
  return fmt::format("{}", fmt::join(shape.bits, "+"));
}

// "4x9", "2x10", "9+9+9+9", or the number of levels of a preset: "4" (x86-64), "2" (32-bit x86).
std::optional<sim::PageTableShape> parse_levels(std::string_view text) {
  if (text == "4") return sim::x86_64_shape();
  if (text == "2") return sim::x86_32_shape();
  const auto small = [](std::string_view s) -> std::optional<unsigned> {
    const auto n = parse_number(s);
    if (!n || *n == 0 || *n > 52) return std::nullopt;
    return static_cast<unsigned>(*n);
  };
  if (const auto x = text.find('x'); x != std::string_view::npos) {
    const auto levels = small(text.substr(0, x));
    const auto bits = small(text.substr(x + 1));
    if (!levels || !bits) return std::nullopt;
    return sim::PageTableShape{std::vector<unsigned>(*levels, *bits)};
  }
  sim::PageTableShape shape{{}};
  while (!text.empty()) {
    const auto plus = std::min(text.find('+'), text.size());
    const auto bits = small(text.substr(0, plus));
    if (!bits) return std::nullopt;
    shape.bits.push_back(*bits);
    text.remove_prefix(std::min(plus + 1, text.size()));
  }
  if (shape.bits.empty()) return std::nullopt;
  return shape;
}

std::optional<sim::PolicyKind> parse_policy(std::string_view text) {
  for (const auto kind : {sim::PolicyKind::lru, sim::PolicyKind::fifo, sim::PolicyKind::clock,
                          sim::PolicyKind::random}) {
    if (text == sim::name_of(kind)) return kind;
  }
  return std::nullopt;
}

// Larger numbers make no TLB that can be built; check_settings() says so.
std::uint32_t narrowed(std::uint64_t n) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(n, 1u << 24));
}

struct Row {
  SettingInfo info;
  bool (*set)(Settings&, std::string_view);
  std::string (*get)(const Settings&);
};

// Stores a parsed value; false when there is none.
template <class T, class Assign>
bool store(const std::optional<T>& parsed, Assign assign) {
  if (parsed) assign(*parsed);
  return parsed.has_value();
}

std::vector<Row> machine_rows() {
  return {
      {{"frames", "physical memory in pages: a number, 4 or more for most programs (16K = 16384)"},
       [](Settings& s, std::string_view v) {
         return store(parse_number(v), [&](auto n) { s.machine.frames = sim::Pages{n}; });
       },
       [](const Settings& s) { return fmt::format("{}", s.machine.frames.count); }},
      {{"page_size", "bytes: a power of two from 16 to 65536; only the host's, 4096, can run real"},
       [](Settings& s, std::string_view v) {
         return store(parse_number(v), [&](auto n) { s.machine.page_size = sim::Bytes{n}; });
       },
       [](const Settings& s) { return fmt::format("{}", s.machine.page_size.count); }},
      {{"policy", "which page is evicted: lru, fifo, clock or random"},
       [](Settings& s, std::string_view v) {
         return store(parse_policy(v), [&](auto p) { s.machine.policy = p; });
       },
       [](const Settings& s) { return std::string(sim::name_of(s.machine.policy)); }},
      {{"levels", "page table: 4x9 (x86-64), 2x10 (32-bit x86), or bits per level such as 10+10+8"},
       [](Settings& s, std::string_view v) {
         return store(parse_levels(v), [&](const auto& l) { s.machine.levels = l; });
       },
       [](const Settings& s) { return show(s.machine.levels); }},
      {{"tlb_entries", "0 (no TLB) or a multiple of tlb_ways"},
       [](Settings& s, std::string_view v) {
         return store(parse_number(v), [&](auto n) { s.machine.tlb.entries = narrowed(n); });
       },
       [](const Settings& s) { return fmt::format("{}", s.machine.tlb.entries); }},
      {{"tlb_ways", "entries per set of the TLB"},
       [](Settings& s, std::string_view v) {
         return store(parse_number(v), [&](auto n) { s.machine.tlb.ways = narrowed(n); });
       },
       [](const Settings& s) { return fmt::format("{}", s.machine.tlb.ways); }},
      {{"swap_pages", "size of the swap area in pages; 0 for none"},
       [](Settings& s, std::string_view v) {
         return store(parse_number(v), [&](auto n) { s.machine.swap_pages = sim::Pages{n}; });
       },
       [](const Settings& s) { return fmt::format("{}", s.machine.swap_pages.count); }},
      {{"seed", "of the random policy"},
       [](Settings& s, std::string_view v) {
         return store(parse_number(v), [&](auto n) { s.machine.seed = n; });
       },
       [](const Settings& s) { return fmt::format("{}", s.machine.seed); }},
  };
}

std::vector<Row> background_and_budget_rows() {
  return {
      {{"dirty_expire_ms",
        "simulated milliseconds until a dirty file is written unasked; 0: never"},
       [](Settings& s, std::string_view v) {
         return store(parse_number(v), [&](auto n) { s.machine.background.dirty_expire_ms = n; });
       },
       [](const Settings& s) { return fmt::format("{}", s.machine.background.dirty_expire_ms); }},
      {{"dirty_ratio", "percent of the frames that may be dirty; above, pages are written; 0: off"},
       [](Settings& s, std::string_view v) {
         return store(parse_number(v),
                      [&](auto n) { s.machine.background.dirty_ratio = narrowed(n); });
       },
       [](const Settings& s) { return fmt::format("{}", s.machine.background.dirty_ratio); }},
      {{"max_steps", "bytecode instructions and array elements after which a program is ended"},
       [](Settings& s, std::string_view v) {
         return store(parse_number(v), [&](auto n) { s.max_steps = n; });
       },
       [](const Settings& s) { return fmt::format("{}", s.max_steps); }},
      {{"max_seconds", "time after which a program is ended"},
       [](Settings& s, std::string_view v) {
         return store(parse_number(v), [&](auto n) {
           s.max_time = std::chrono::seconds(std::min<std::uint64_t>(n, 1u << 30));
         });
       },
       [](const Settings& s) { return fmt::format("{}", s.max_time.count()); }},
  };
}

const std::vector<Row>& rows() {
  static const std::vector<Row> table = [] {
    std::vector<Row> all = machine_rows();
    for (const Row& row : background_and_budget_rows()) all.push_back(row);
    return all;
  }();
  return table;
}

const Row* find_row(std::string_view key) {
  for (const Row& row : rows()) {
    if (row.info.key == key) return &row;
  }
  return nullptr;
}

Problem apply(Settings& settings, std::string_view key, std::string_view value) {
  const Row* row = find_row(key);
  if (row == nullptr) {
    std::vector<std::string_view> keys;
    for (const Row& r : rows()) keys.push_back(r.info.key);
    return fmt::format("there is no setting '{}'. Did you mean '{}'? Settings: {}", key,
                       nearest(key, keys), fmt::join(keys, ", "));
  }
  if (!row->set(settings, value)) {
    return fmt::format("{}={} cannot be read. {}: {}", key, value, key, row->info.meaning);
  }
  return std::nullopt;
}

// A TOML value as --set would write it; nothing for tables, arrays, dates.
std::optional<std::string> plain_text(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  return std::nullopt;
}

}  // namespace

const std::vector<SettingInfo>& settings_reference() {
  static const std::vector<SettingInfo> infos = [] {
    std::vector<SettingInfo> list;
    for (const Row& row : rows()) list.push_back(row.info);
    return list;
  }();
  return infos;
}

Problem apply_setting(Settings& settings, std::string_view assignment) {
  const auto equals = assignment.find('=');
  if (equals == std::string_view::npos) {
    return fmt::format("'{}' sets nothing. Write KEY=VALUE, for example frames=64", assignment);
  }
  return apply(settings, assignment.substr(0, equals), assignment.substr(equals + 1));
}

Problem apply_toml(Settings& settings, std::string_view text, std::string_view origin) {
  const toml::parse_result parsed = toml::parse(text, origin);
  if (!parsed) {
    const auto& where = parsed.error().source().begin;
    return fmt::format("{}, line {}, column {}: this is not TOML: {}", origin, where.line,
                       where.column, parsed.error().description());
  }
  for (const auto& [key, node] : parsed.table()) {
    const auto value = plain_text(node);
    const auto line = node.source().begin.line;
    if (!value) {
      return fmt::format("{}, line {}: {} takes a number or a text", origin, line, key.str());
    }
    if (const Problem problem = apply(settings, key.str(), *value)) {
      return fmt::format("{}, line {}: {}", origin, line, *problem);
    }
  }
  return std::nullopt;
}

Problem check_settings(const Settings& settings) {
  if (settings.max_steps == 0) return "max_steps=0 would end every program before it starts";
  return sim::problem_with(settings.machine);
}

std::string value_of(const Settings& settings, std::string_view key) {
  const Row* row = find_row(key);
  SIM_CHECK(row != nullptr);
  return row->get(settings);
}

}  // namespace session
