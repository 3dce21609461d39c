// Each struct's fields, in the order a reader wants them.

#include "scenarios/session/run_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "scenarios/session/figures.h"
#include "scenarios/session/inject.h"
#include "scenarios/session/npy_layout.h"
#include "sim/core/unasked.h"

namespace session {
namespace {

using json = nlohmann::ordered_json;

json names(const Run& run, const std::vector<PageRun>& pages) {
  json list = json::array();
  for (const PageRun& p : pages) list.push_back(name_of(run, p));
  return list;
}

json system_calls(const Counters& c) {
  json calls = json::object();
  for (std::size_t i = 0; i < c.system_calls.size(); ++i) {
    if (c.system_calls[i] == 0) continue;
    calls[sim::name_of(static_cast<sim::SystemCall>(i))] = c.system_calls[i];
  }
  return calls;
}

json write_backs(const Counters& c) {
  json reasons = json::object();
  for (std::size_t i = 0; i < c.write_backs.size(); ++i) {
    reasons[sim::name_of(static_cast<sim::WriteBackReason>(i))] = c.write_backs[i];
  }
  return reasons;
}

// Figures that only one computer has are null on the other; notes[] say why.
void put_counters(json& to, const Run& run, const Counters& c) {
  const bool simulated = run.computer == ComputerKind::simulated;
  to["faults"] = {{"major", simulated ? c.major : c.major_from_files()},
                  {"minor", simulated ? c.minor : c.minor + c.swap_in_faults},
                  {"cow", c.cow},
                  {"write_notify", c.write_notify},
                  {"swap_in", c.swap_in_faults}};
  to["syscalls"] = system_calls(c);
  to["bytes_read"] = c.bytes_read;
  to["bytes_written"] = c.bytes_written;
  to["pages_in"] = run.shows_reads() ? json(c.pages_in) : json(nullptr);
  to["write_backs"] = run.shows_dirty() ? write_backs(c) : json(nullptr);
  to["touches"] = c.touches;
  to["swapped_in"] = c.swapped_in;
  to["swapped_out"] = c.swapped_out;
  to["tlb_misses"] = simulated ? json(c.tlb_misses) : json(nullptr);
  to["simulated_ns"] = simulated ? json(c.simulated_ns) : json(nullptr);
}

// One truth about a file at the end of a step.
void put_hash(json& j, const std::string& prefix, const FileTruth& t) {
  j[prefix + "size"] = t.known ? json(t.size) : json(nullptr);
  j[prefix + "sha256"] = t.known ? json(t.sha256) : json(nullptr);
  if (!t.known) j[prefix + "why_not"] = t.why_not;
}

json files_of(const State& state) {
  json files = json::object();
  for (const auto& [name, figures] : state.files) {
    json& file = files[name];
    file["size"] = figures.size;
    file["position"] = figures.position ? json(*figures.position) : json(nullptr);
    put_hash(file, "program_", figures.truths.program);
    put_hash(file, "cache_", figures.truths.cache);
    put_hash(file, "durable_", figures.truths.durable);
  }
  return files;
}

// In pages; of the program's own mappings.
json mapped_json(const State& state) {
  json list = json::array();
  for (const auto& [process, mapped] : state.mapped) {
    json j;
    j["process"] = pid_of(process);
    j["reserved"] = mapped.reserved;
    const auto& in_frames = mapped.resident;
    j["rss_anon"] = in_frames ? json(in_frames->anonymous.count) : json(nullptr);
    j["rss_file"] = in_frames ? json(in_frames->file.count) : json(nullptr);
    j["rss_shmem"] = in_frames ? json(in_frames->shared.count) : json(nullptr);
    j["swap"] = mapped.swapped;
    list.push_back(std::move(j));
  }
  return list;
}

json step_json(const Source& source, const Run& run, const Step& step) {
  json j;
  j["line"] = step.line;
  j["source"] = source.line(step.line);
  j["process"] = pid_of(step.process);
  j["times"] = step.times;
  j["stdout"] = step.output;
  put_counters(j, run, step.counters);
  json& faults = j["fault_pages"] = json::array();
  for (const FaultRun& f : step.faults) {
    faults.push_back({{"page", name_of(run, f.pages)}, {"kind", kind_of(run.computer, f)}});
  }
  json written = json::array();
  for (const WriteBackRun& w : step.write_backs) {
    written.push_back({{"page", name_of(run, w.pages)}, {"why", sim::name_of(w.reason)}});
  }
  j["write_back_pages"] = run.shows_dirty() ? written : json(nullptr);
  j["evicted"] = names(run, step.evicted);
  j["read_ahead"] = names(run, step.read_ahead);
  j["mapped_around"] = names(run, step.mapped_around);
  j["mapped_with_folio"] = names(run, step.mapped_with_folio);
  j["unmapped_with_folio"] = names(run, step.unmapped_with_folio);
  j["dirtied_in_folio"] = names(run, step.dirtied_in_folio);
  j["looked"] = step.looked;
  j["resident"] = run.shows_resident() ? names(run, step.after.resident) : json(nullptr);
  j["shared"] = run.shows_memory() ? names(run, step.after.shared) : json(nullptr);
  j["mapped_pages"] = mapped_json(step.after);
  j["cached_pages"] = run.shows_cached() ? json(step.after.cached) : json(nullptr);
  j["dirty"] = run.shows_dirty() ? names(run, step.after.dirty) : json(nullptr);
  const bool simulated = run.computer == ComputerKind::simulated;
  j["writing"] = simulated ? names(run, step.after.writing) : json(nullptr);
  j["files"] = files_of(step.after);
  j["remarks"] = step.remarks;
  return j;
}

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char b : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(b));
  return text;
}

void put_truth(json& j, const std::string& prefix, const FileTruth& t) {
  j[prefix + "size"] = t.known ? json(t.size) : json(nullptr);
  j[prefix + "hex"] = t.known ? json(hex(t.first_bytes)) : json(nullptr);
  j[prefix + "sha256"] = t.known ? json(t.sha256) : json(nullptr);
  if (!t.known) j[prefix + "why_not"] = t.why_not;
}

json file_json(const FileTruths& truths) {
  json j;
  if (const auto layout = npy_layout(truths.program.first_bytes)) {
    j["header_bytes"] = layout->header;
    j["element_bytes"] = layout->element;
  }
  put_truth(j, "program_", truths.program);
  put_truth(j, "cache_", truths.cache);
  put_truth(j, "durable_", truths.durable);
  return j;
}

json found_json(const FoundFile& file) {
  json j;
  j["smallest_size"] = file.smallest;
  j["largest_size"] = file.largest;
  j["certain_bytes"] = file.certain_bytes;
  json& open = j["open_pages"] = json::array();
  for (const OpenPages& pages : file.open) {
    const std::string name = pages.end == pages.first + 1
                                 ? std::to_string(pages.first)
                                 : fmt::format("{}-{}", pages.first, pages.end - 1);
    open.push_back({{"pages", name}, {"holds", pages.holds}});
  }
  return j;
}

json power_cut_json(const PowerCut& cut) {
  json j;
  j["images"] = cut.images.empty() ? json(nullptr) : json(cut.images);
  j["images_log2"] = cut.images_log2;
  json& names = j["names"] = json::object();
  for (const auto& [name, entry] : cut.names) {
    json files = json::array();
    for (const FoundFile& file : entry.files) files.push_back(found_json(file));
    names[name] = {{"may_be_absent", entry.may_be_absent}, {"files", files}};
  }
  json& drawn = j["drawn"] = json::array();
  for (const PowerCut::Drawn& image : cut.drawn) {
    json files = json::object();
    for (const auto& [name, truth] : image.files) put_truth(files[name], "", truth);
    drawn.push_back({{"seed", image.seed}, {"files", files}});
  }
  return j;
}

// Figures that are 0 in every turn are not there.
json lines_json(const Run& run) {
  json list = json::array();
  for (const auto& [key, turns] : run.turns) {
    json j{{"line", key.first}, {"process", pid_of(key.second)}, {"turns", turns.turns()}};
    for (std::size_t i = 0; i < kTurnFigures; ++i) {
      const auto figure = static_cast<TurnFigure>(i);
      const Spread& s = turns.spread(figure);
      if (s.turns == 0) continue;
      j[name_of(figure)] = {{"turns", s.turns},
                            {"first", s.first},
                            {"last", s.last},
                            {"least", s.least},
                            {"most", s.most}};
    }
    list.push_back(std::move(j));
  }
  return list;
}

json ending_json(const Run& run) {
  const Ending& e = run.ending;
  json j;
  j["how"] = name_of(e.kind);
  j["line"] = e.line;
  j["message"] = e.message;
  j["status"] = e.status;
  j["signal"] = e.signal;
  j["signal_name"] = e.signal == 0 ? json(nullptr) : json(name_of_signal(e.signal));
  const auto page = page_of_death(run);
  j["page"] = page ? json(*page) : json(nullptr);
  return j;
}

// Where nothing happened, nothing is written.
json touches_json(const Run& run) {
  json list = json::array();
  for (const TouchNote& note : run.trace->notes) {
    json j;
    j["touch"] = note.touch;
    j["line"] = run.steps.at(note.step).line;
    j["page"] =
        name_of(run, {note.page.object, note.page.index, std::uint64_t{note.page.index} + 1});
    j["outcome"] = outcome_of(run.computer, note);
    list.push_back(std::move(j));
  }
  return list;
}

json run_json(const Source& source, const Settings& settings, const Run& run) {
  json j;
  j["name"] = name_of(run.computer);
  json& machine = j["machine"];
  for (const SettingInfo& info : settings_reference()) {
    machine[std::string(info.key)] = value_of(settings, info.key);
  }
  machine["file_system"] = sim::habits_of(run.machine.format).name;
  if (const auto faults = injected(run.machine); !faults.empty()) machine["inject"] = faults;
  json& steps = j["steps"] = json::array();
  for (const Step& step : run.steps) steps.push_back(step_json(source, run, step));
  j["lines"] = lines_json(run);
  put_counters(j["totals"], run, run.totals);
  if (run.computer == ComputerKind::real) {
    j["device_pages_in"] = run.device_pages_in ? json(*run.device_pages_in) : json(nullptr);
  }
  if (run.trace) j["touches"] = touches_json(run);
  json& files = j["files"] = json::object();
  for (const auto& [name, truths] : run.files) files[name] = file_json(truths);
  if (run.ending.kind == EndKind::killed) {
    json& survived = j["survived"] = json::object();
    for (const auto& [name, truth] : run.survived) put_truth(survived[name], "", truth);
  }
  if (run.power_cut) j["power_cut"] = power_cut_json(*run.power_cut);
  json& notes = j["notes"] = json::array();
  for (const Note& note : run.notes) notes.push_back({{"about", note.topic}, {"note", note.text}});
  j["ending"] = ending_json(run);
  return j;
}

const char* name_of(sim::PageIn how) {
  switch (how) {
    case sim::PageIn::asked: return "asked";
    case sim::PageIn::read_ahead: return "read_ahead";
    case sim::PageIn::mapped_around: return "mapped_around";
    case sim::PageIn::mapped_with_folio: return "mapped_with_folio";
    case sim::PageIn::unmapped_with_folio: return "unmapped_with_folio";
  }
  return "?";
}

json difference_json(const Difference& d) {
  json j;
  j["step"] = d.step;
  j["line"] = d.line;
  j["figure"] = d.figure;
  j["sim"] = d.simulated;
  j["real"] = d.real;
  j["pages"] = d.pages;
  return j;
}

json agreement_json(const Agreement& a) {
  json j;
  j["why_not"] = a.why_not.empty() ? json(nullptr) : json(a.why_not);
  j["compared"] = a.compared;
  j["equal"] = a.equal;
  j["of_nothing"] = a.of_nothing;
  j["mirrored"] = a.mirrored;
  j["reach"] = reach_of_agreement(a.mode);
  json& out_of_sight = j["out_of_sight"] = json::object();
  for (const auto& [rule, why] : a.out_of_sight) out_of_sight[sim::name_of(rule)] = why;
  json& explained = j["explained"] = json::array();
  for (const Explained& e : a.explained) {
    json entry = difference_json(e.difference);
    entry["cause"] = e.cause;
    entry["evidence"] = e.evidence;
    entry["times"] = e.times;
    explained.push_back(entry);
  }
  json& causes = j["causes"] = json::array();
  for (const auto& [cause, account] : a.accounts) {
    causes.push_back({{"cause", cause},
                      {"figures", account.figures},
                      {"lines", account.lines},
                      {"sentence", sentence_of(cause, account)}});
  }
  json& unexplained = j["unexplained"] = json::array();
  for (const Difference& d : a.unexplained) unexplained.push_back(difference_json(d));
  return j;
}

}  // namespace

std::string_view Source::line(std::uint32_t number) const {
  if (number == 0) return "(exit)";
  return number <= lines.size() ? std::string_view(lines[number - 1]) : std::string_view();
}

nlohmann::ordered_json to_json(const Source& source, const Settings& settings,
                               const std::vector<const Run*>& runs, const Agreement* agreement) {
  json j;
  j["schema"] = "pagewalk.run/1";
  j["program"] = source.name;
  j["mode"] = real::name_of(settings.mode);
  json& computers = j["computers"] = json::array();
  for (const Run* run : runs) computers.push_back(run_json(source, settings, *run));
  if (agreement != nullptr) j["agreement"] = agreement_json(*agreement);
  return j;
}

nlohmann::ordered_json to_json(const Run& run, std::uint32_t line, const sim::Event& e) {
  json j;
  j["computer"] = name_of(run.computer);
  j["line"] = line;
  j["touch"] = e.touch;
  const bool is_swap_here = run.computer == ComputerKind::real &&
                            e.kind == sim::EventKind::fault_major &&
                            (e.detail & sim::fault_detail::swap_in) != 0;
  j["event"] = is_swap_here ? sim::name_of(sim::EventKind::fault_minor) : sim::name_of(e.kind);
  const bool is_fork =
      e.kind == sim::EventKind::system_call && sim::SystemCall{e.operand} == sim::SystemCall::fork;
  const bool has_page = e.page.object != sim::kNoObject && !is_fork;
  j["page"] =
      has_page ? json(name_of(run, {e.page.object, e.page.index, std::uint64_t{e.page.index} + 1}))
               : json(nullptr);
  j["count"] = e.count;
  switch (e.kind) {
    case sim::EventKind::access:
      j["access"] = static_cast<sim::Access>(e.detail) == sim::Access::write ? "write" : "read";
      j["operand"] = e.operand;
      break;
    case sim::EventKind::fault_minor:
    case sim::EventKind::fault_major:
      j["kind"] = kind_of(run.computer, {{}, e.kind == sim::EventKind::fault_major, e.detail});
      break;
    case sim::EventKind::page_in: j["how"] = name_of(sim::PageIn{e.detail}); break;
    case sim::EventKind::evict:
      j["how"] = sim::name_of(static_cast<sim::Eviction>(e.detail));
      break;
    case sim::EventKind::write_back:
      j["why"] = sim::name_of(static_cast<sim::WriteBackReason>(e.detail));
      break;
    case sim::EventKind::system_call:
      if (is_fork) j["process"] = pid_of(e.count);
      j["call"] = sim::name_of(static_cast<sim::SystemCall>(e.operand));
      j["errno"] = e.detail;
      break;
    case sim::EventKind::signal: j["signal"] = e.detail; break;
    case sim::EventKind::disk_error:
      j["what"] = sim::name_of(static_cast<sim::DiskError>(e.detail));
      break;
    case sim::EventKind::process_switch: j["process"] = pid_of(e.count); break;
    case sim::EventKind::tlb_miss:
    case sim::EventKind::swap_out:
    case sim::EventKind::swap_in: break;
    case sim::EventKind::dirty:
      j["how"] = sim::Dirtied{e.detail} == sim::Dirtied::asked ? "asked" : "with_folio";
      break;
  }
  return j;
}

}  // namespace session
