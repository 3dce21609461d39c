// Settings: every key, and errors that name the fix.

#include "scenarios/session/settings.h"

#include <doctest/doctest.h>

namespace session {
namespace {

bool says(const Problem& problem, std::string_view text) {
  return problem && problem->find(text) != std::string::npos;
}

TEST_CASE("every setting reads back what it shows") {
  for (const SettingInfo& info : settings_reference()) {
    CAPTURE(std::string(info.key));
    Settings settings;
    const std::string shown = value_of(settings, info.key);
    CHECK_FALSE(apply_setting(settings, std::string(info.key) + "=" + shown));
    CHECK(settings == Settings{});
  }
}

TEST_CASE("settings change what they name") {
  Settings s;
  CHECK_FALSE(apply_setting(s, "frames=16K"));
  CHECK_FALSE(apply_setting(s, "policy=clock"));
  CHECK_FALSE(apply_setting(s, "levels=2x10"));
  CHECK(s.machine.frames == sim::Pages{16384});
  CHECK(s.machine.policy == sim::PolicyKind::clock);
  CHECK(s.machine.levels == sim::x86_32_shape());
  CHECK_FALSE(apply_setting(s, "levels=10+10+8"));
  CHECK(s.machine.levels.bits == std::vector<unsigned>{10, 10, 8});
}

TEST_CASE("a misspelt setting is answered with the nearest one") {
  Settings s;
  CHECK(says(apply_setting(s, "frame=4"), "Did you mean 'frames'"));
}

TEST_CASE("values that cannot be read say what the setting takes") {
  Settings s;
  CHECK(says(apply_setting(s, "policy=best"), "lru, fifo, clock or random"));
  CHECK(says(apply_setting(s, "frames=many"), "a number"));
  CHECK(says(apply_setting(s, "frames=-1"), "a number"));
  CHECK(says(apply_setting(s, "frames=99999999999999999999"), "a number"));
  CHECK(says(apply_setting(s, "levels=0x9"), "levels"));
  CHECK(says(apply_setting(s, "frames"), "KEY=VALUE"));
}

TEST_CASE("machines that cannot be built are refused") {
  for (const char* bad : {"frames=0", "page_size=1000", "page_size=8", "page_size=131072",
                          "tlb_entries=7", "max_steps=0"}) {
    CAPTURE(bad);
    Settings s;
    REQUIRE_FALSE(apply_setting(s, bad));
    CHECK(check_settings(s));
  }
  CHECK_FALSE(check_settings(Settings{}));
}

TEST_CASE("TOML keys are the same settings, and errors name the line") {
  Settings s;
  CHECK_FALSE(apply_toml(s, "frames = 8\npolicy = \"fifo\"\n", "m.toml"));
  CHECK(s.machine.frames == sim::Pages{8});
  CHECK(says(apply_toml(s, "\nfrmes = 8\n", "m.toml"), "m.toml, line 2"));
  CHECK(says(apply_toml(s, "frames = ", "m.toml"), "m.toml, line 1"));
  for (const char* key : {"\uFE3F", "\u2FFF", "\uF000"}) {  // between toml++'s blanks and letters
    CHECK(says(apply_toml(s, std::string(key) + " = 1", "m.toml"), "m.toml, line 1"));
  }
  CHECK(says(apply_toml(s, "frames = [1]", "m.toml"), "a number or a text"));
}

}  // namespace
}  // namespace session
