// Which Pagewalk this is: made when it is built (cmake/Version.cmake).

#pragma once

#include <string_view>

namespace session {

std::string_view version();  // of CMakeLists.txt
std::string_view commit();   // with "-dirty" where files were changed; empty: built without git

}  // namespace session
