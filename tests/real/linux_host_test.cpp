// Program 3's system calls and every kind of fault, against the kernel.

#include <signal.h>

#include "tests/real/host_fixture.h"

namespace real {
namespace {

TEST_CASE("program 3: one major fault for the store, one page written back by msync") {
  HostFixture f;
  const sim::Fd made = *f.host().open("data.bin", kCreate);
  REQUIRE(f.host().write(made, bytes_of_text("0123456789abcdef")).ok());
  REQUIRE(f.host().close(made).ok());
  CHECK(names_of(f.events()) == Names{"open", "dirty 0:0", "access 0:0", "write", "close"});

  f.start();
  const sim::Mapping mapping = f.map("data.bin", sim::Bytes{16}, sim::Sharing::shared);
  CHECK(mapping.object == 0);
  const auto eight = bytes_of_text("ABCDEFGH");
  REQUIRE(f.host().store(mapping.base + sim::Bytes{8}, eight).is_done());
  CHECK(names_of(f.events()) == Names{"page_in 0:0", "fault_major 0:0", "dirty 0:0", "access 0:0"});
  REQUIRE(f.host().msync(mapping.base, sim::Bytes{16}).ok());
  CHECK(names_of(f.events()) == Names{"write_back 0:0", "msync"});
}

}  // namespace
}  // namespace real
