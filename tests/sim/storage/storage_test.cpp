// The swap area's slots, and the two pictures of a file on the disk.

#include <doctest/doctest.h>

#include "sim/storage/stored_file.h"
#include "sim/storage/swap_area.h"

namespace sim {
namespace {

constexpr Bytes kPage{64};

Ref<PageBlock> block_of(int value) {
  Ref<PageBlock> block = PageBlock::zeroed(kPage);
  std::memset(block->data(), value, kPage.count);
  return block;
}

TEST_CASE("a swap area hands out each slot once until it is freed, and then says it is full") {
  SwapArea swap(Pages{2});
  const SwapSlot first = *swap.store(block_of(1));
  const SwapSlot second = *swap.store(block_of(2));
  CHECK(first != second);
  CHECK(swap.is_full());
  CHECK_FALSE(swap.store(block_of(3)).has_value());

  swap.free(first);
  CHECK(swap.used() == Pages{1});
  CHECK(*swap.store(block_of(4)) == first);
  CHECK(swap.load(first)->data()[0] == std::byte{4});
  CHECK(swap.load(second)->data()[0] == std::byte{2});
}

TEST_CASE("a swap area of no slots is full") {
  SwapArea swap(Pages{0});
  CHECK(swap.is_full());
  CHECK_FALSE(swap.store(block_of(1)).has_value());
}

TEST_CASE("writing a page makes it durable, but not the length") {
  StoredFile file;
  file.note_size(Bytes{100});
  file.write(PgOff{1}, block_of(1));
  CHECK(file.durable_block(PgOff{1}) == file.block(PgOff{1}));
  CHECK_FALSE(file.durable_block(PgOff{0}));  // a hole
  CHECK(file.durable_size() == Bytes{0});
  CHECK(file.smallest_size() == Bytes{0});
  CHECK(file.largest_size() == Bytes{100});
  file.make_size_durable(Bytes{100});
  CHECK(file.durable_size() == Bytes{100});
  CHECK(file.smallest_size() == Bytes{100});
}

TEST_CASE("what was cut off is gone for readers at once, on the disk when the length is durable") {
  StoredFile file;
  file.write(PgOff{0}, block_of(1));
  file.write(PgOff{1}, block_of(2));
  file.make_size_durable(Bytes{128});
  file.forget_from(PgOff{1});
  CHECK_FALSE(file.block(PgOff{1}));
  CHECK(file.durable_block(PgOff{1}));
  CHECK(file.durable_size() == Bytes{128});

  file.make_size_durable(Bytes{128});  // it grew again in between: the page is a hole now
  CHECK_FALSE(file.durable_block(PgOff{1}));
}

TEST_CASE("a page written after a cut does not overwrite what the cut took") {
  StoredFile file;
  file.write(PgOff{0}, block_of(1));
  file.make_size_durable(Bytes{64});
  const auto old = file.block(PgOff{0});
  file.forget_from(PgOff{0});
  file.write(PgOff{0}, block_of(2));
  CHECK(file.durable_block(PgOff{0}) == old);
  file.make_size_durable(Bytes{64});
  CHECK(file.durable_block(PgOff{0}) == file.block(PgOff{0}));
}

}  // namespace
}  // namespace sim
