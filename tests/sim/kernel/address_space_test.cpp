// Where mappings are put, and how they are cut.

#include "sim/kernel/address_space.h"

#include <doctest/doctest.h>

namespace sim {
namespace {

Vma area_at(Vpn first, std::uint64_t pages, std::uint32_t object) {
  Vma area;
  area.first = first;
  area.end = first + Pages{pages};
  area.mapping = object;
  area.mapping_first = first;
  return area;
}

TEST_CASE("mappings have an unmapped page between them") {
  AddressSpace space(Pages{1024});
  const Vpn first = *space.find_free(Pages{4});
  space.insert(area_at(first, 4, 0));
  const Vpn second = *space.find_free(Pages{4});
  CHECK(second == first + Pages{5});
  space.insert(area_at(second, 4, 1));
  // A hole is used again, but not up to its neighbours.
  space.remove(first);
  CHECK(*space.find_free(Pages{4}) == first);
  CHECK(*space.find_free(Pages{5}) > second);
}

TEST_CASE("the rest of a mapping that was cut keeps its gap") {
  AddressSpace space(Pages{1024});
  const Vpn first = *space.find_free(Pages{4});
  space.insert(area_at(first, 4, 0));
  space.split_at(first + Pages{2});
  space.remove(first + Pages{2});
  CHECK(*space.find_free(Pages{1}) == first + Pages{3});
}

TEST_CASE("pages of a cut mapping keep their names") {
  AddressSpace space(Pages{1024});
  Vma area = area_at(Vpn{100}, 10, 7);
  area.file = 3;
  area.file_page = PgOff{40};
  space.insert(area);
  space.split_at(Vpn{104});
  CHECK(space.find(Vpn{103})->first == Vpn{100});
  CHECK(space.find(Vpn{105})->first == Vpn{104});
  CHECK(space.find(Vpn{105})->own_name_at(Vpn{105}) == PageName{7, 5});
  CHECK(space.find(Vpn{105})->file_name_at(Vpn{105}) == PageName{3, 45});
  CHECK(space.areas_of(3) == std::vector<Vpn>{Vpn{100}, Vpn{104}});
}

TEST_CASE("an address space that is full has no room, and gets it back") {
  AddressSpace space(Pages{64});
  const Vpn first = *space.find_free(Pages{63});
  space.insert(area_at(first, 63, 0));
  CHECK_FALSE(space.find_free(Pages{1}).has_value());
  space.remove(first);
  CHECK(space.find_free(Pages{63}).has_value());
  CHECK_FALSE(space.find_free(Pages{64}).has_value());  // page 0 is never mapped
}

}  // namespace
}  // namespace sim
