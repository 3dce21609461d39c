// One process of the program: what it has mapped and opened, and who acts for it.

#pragma once

#include <memory>

#include "real/actor.h"
#include "real/areas.h"
#include "real/inodes.h"
#include "real/userfault.h"
#include "sim/core/computer.h"

namespace real {

struct Process {
  Process(sim::ProcessId the_id, sim::PageGeometry geometry, std::unique_ptr<Actor> the_actor,
          WriteProtectSource write_protect)
      : id(the_id),
        areas(geometry),
        actor(std::move(the_actor)),
        userfault(*actor, write_protect) {}

  sim::ProcessId id;
  Areas areas;
  OpenFiles files;
  std::unique_ptr<Actor> actor;
  Userfault userfault;
};

}  // namespace real
