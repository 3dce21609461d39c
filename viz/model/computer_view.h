// The two computers at one moment, made ready to be drawn.

#pragma once

#include "viz/model/main_view.h"
#include "viz/model/player.h"
#include "viz/model/real_take.h"

namespace viz {

ComputerView simulated_view(const Player&);
// `take` may be null: not run yet, for the reason given.
ComputerView real_view(const Player&, const RealTake* take, const std::string& why_none);
AgreementView agreement_view(const Player&, const RealTake* take);
// The same from the two views, made before.
AgreementView agreement_view(const Player&, const RealTake* take, const ComputerView& simulated,
                             const ComputerView& real);

}  // namespace viz
