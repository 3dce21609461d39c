// Texts from figures.

#include "viz/model/words.h"

#include <fmt/format.h>

#include <cctype>
#include <cmath>

namespace viz {

std::string with_commas(std::uint64_t n) {
  std::string text = std::to_string(n);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

std::string counted(std::uint64_t n, const char* one) {
  return fmt::format("{} {}{}", with_commas(n), one, n == 1 ? "" : "s");
}

std::string time_text(std::uint64_t ns) {
  // What would be rounded up to a thousand of a unit is one of the next.
  const auto t = static_cast<double>(ns);
  if (ns < 1000) return fmt::format("{} ns", ns);
  if (ns < 999'950) return fmt::format("{:.1f} µs", t / 1e3);
  if (ns < 999'950'000) return fmt::format("{:.1f} ms", t / 1e6);
  return fmt::format("{:.2f} s", t / 1e9);
}

std::string bytes_text(std::uint64_t bytes) {
  constexpr std::uint64_t kKi = 1024;
  if (bytes < kKi) return counted(bytes, "byte");
  const char* const units[] = {"KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  auto amount = static_cast<double>(bytes) / kKi;
  while (amount >= kKi - 0.5 && unit < 3) {  // not "1024 KiB" by rounding
    amount /= kKi;
    ++unit;
  }
  const double shown = amount < 10 ? std::round(amount * 10) / 10 : std::round(amount);
  return fmt::format("{:.{}f} {}", shown, shown != std::floor(shown) ? 1 : 0, units[unit]);
}

std::string policy_text(sim::PolicyKind policy) {
  std::string text = sim::name_of(policy);
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

std::string machine_text(const sim::MachineConfig& machine) {
  std::string text =
      fmt::format("{}, {}", policy_text(machine.policy), counted(machine.frames.count, "frame"));
  if (machine.tlb.entries > 0) text += fmt::format(", TLB of {}", machine.tlb.entries);
  return text;
}

std::string position_text(const Player& player) {
  const auto v = player.visit();
  if (!v) return "nothing has run yet";
  const Film& film = player.film();
  std::string text = fmt::format("line {} of {}", film.visits()[*v].line, film.source().size());
  const std::uint64_t touches = film.touches_of(*v);
  if (touches == 0) return text;
  return text + fmt::format(", access {} of {}",
                            with_commas(player.tick() - film.visits()[*v].first_tick),
                            with_commas(touches));
}

std::string running_text(std::uint64_t accesses) {
  if (accesses == 0) return "running the program …";
  return fmt::format("running the program: {} accesses so far", with_commas(accesses));
}

std::string with_capital(std::string sentence) {
  if (!sentence.empty()) {
    sentence[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(sentence[0])));
  }
  return sentence;
}

std::string name_of_object(const session::Run& run, std::uint32_t object) {
  const auto found = run.names.find(object);
  return found == run.names.end() ? fmt::format("memory {}", object) : found->second;
}

std::string name_of_page(const session::Run& run, sim::PageName page) {
  return fmt::format("page {} of {}", page.index, name_of_object(run, page.object));
}

namespace {

// Of those known after a visit, the newest whose elements lie there.
const NamedArray* array_at(const Film& film, std::size_t visit, sim::VirtAddr address) {
  const NamedArray* best = nullptr;
  for (const NamedArray& array : film.arrays()) {
    std::uint64_t bytes = array.look.item_bytes;
    for (const std::uint64_t n : array.look.shape) bytes *= n;
    if (address < array.look.data || address.index >= array.look.data.index + bytes) continue;
    // An array is told of at the end of the line that makes it, which touches it before.
    if (best != nullptr && array.visit > visit) continue;
    best = &array;
  }
  return best;
}

}  // namespace

std::optional<std::string> element_at(const Film& film, std::size_t visit, sim::VirtAddr address) {
  const NamedArray* array = array_at(film, visit, address);
  if (array == nullptr || !array->look.is_contiguous) return std::nullopt;
  std::uint64_t rest = (address.index - array->look.data.index) / array->look.item_bytes;
  std::string index;
  for (std::size_t axis = array->look.shape.size(); axis-- > 0;) {
    const std::uint64_t n = array->look.shape[axis];
    index = fmt::format("{}{}{}", rest % n, index.empty() ? "" : ", ", index);
    rest /= n;
  }
  return fmt::format("{}[{}]", array->variable, index);
}

std::string access_text(const Player& player) {
  const auto& story = player.story();
  if (!story) return "";
  const session::Run& run = player.film().run();
  if (!story->access) {
    const bool reads =
        story->operation == Operation::read || story->operation == Operation::read_to_memory;
    return fmt::format("{} touches {}", reads ? "read()" : "write()",
                       name_of_page(run, story->page));
  }
  const bool reads = story->access->access == sim::Access::read;
  const auto element = element_at(player.film(), *player.visit(), story->access->address);
  return fmt::format("{} {}", reads ? "load from" : "store to",
                     element ? *element : name_of_page(run, story->page));
}

std::string brief_access_text(const Player& player) {
  const auto& story = player.story();
  if (!story || !story->access) return access_text(player);
  const bool reads = story->access->access == sim::Access::read;
  const auto element = element_at(player.film(), *player.visit(), story->access->address);
  return fmt::format("{} {}", reads ? "load" : "store",
                     element ? *element : short_name_of_page(player.film().run(), story->page));
}

std::string place_text(const Player& player) {
  const auto& story = player.story();
  if (!story || !story->access) return "";
  return fmt::format("page {} of {} + {}", story->page.index,
                     name_of_object(player.film().run(), story->page.object), story->walk.offset);
}

std::string short_name_of_page(const session::Run& run, sim::PageName page) {
  return fmt::format("{}{}", initial_of(name_of_object(run, page.object)), page.index);
}

std::string initial_of(const std::string& object_name) {
  const bool is_inherited = object_name.find(" (child") != std::string::npos;
  return object_name.substr(0, 1) + (is_inherited ? "'" : "");
}

}  // namespace viz
