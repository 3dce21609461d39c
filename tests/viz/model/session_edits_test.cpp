// What becomes of a lesson when its program or its machine is changed.

#include <doctest/doctest.h>

#include "tests/viz/model/lessons.h"

namespace {

using namespace viz;
using namespace viz_tests;

void edit(Session& session, const std::string& source) {
  session.apply(EditSource{source});
  session.apply(RunEdited{});
  session.wait();
}

TEST_CASE("a changed program, or another machine, is not told what is true of the lesson's") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "more-pages-than-frames", "eight-frames");
  const std::string good = session.here().program.source;
  const std::string prose = session.here().prose;
  REQUIRE_FALSE(session.here().questions.empty());
  session.apply(SetMachine{"frames=16"});
  session.wait();
  CHECK(session.here().questions.empty());
  CHECK(session.here().prose != prose);
  session.apply(SeekEnd{true});
  CHECK(lesson_view(session).question.question.empty());
  session.apply(SetMachine{"frames=8"});
  session.wait();
  CHECK_FALSE(session.here().questions.empty());
  CHECK(session.here().prose == prose);
  edit(session, "x = 1\n");
  CHECK(session.here().questions.empty());
  edit(session, good);
  CHECK_FALSE(session.here().questions.empty());
}

TEST_CASE("at the end of many lines this computer still has the program's pages") {
  Session session(shipped(), {.on_real = true});
  session.wait();
  edit(session, "import numpy as np\na = np.zeros(2048)\nfor i in range(800):\n    a[i] = 1\n");
  REQUIRE(session.player() != nullptr);
  const auto take = session.take().real;
  REQUIRE(take != nullptr);
  if (!take->why_not.empty()) {
    MESSAGE("not run on this computer: " << take->why_not);
    return;
  }
  session.apply(SeekEnd{true});
  const AgreementView view = agreement_view(*session.player(), take.get());
  CHECK(view.verdict.find("differ") == std::string::npos);
  for (const FigureView& figure : view.figures) {
    CAPTURE(figure.label);
    CHECK(figure.simulated == figure.real);
    if (figure.label == "resident") CHECK(figure.simulated != "0");
  }
}

}  // namespace
