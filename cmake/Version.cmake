# Run as a script: writes a C++ file that holds the version, and the commit that is being built if git
# knows it. A file that would say the same is left alone.
#   cmake -DVERSION=1.2.3 -DSOURCE=folder -DOUTPUT=file.cpp -P Version.cmake
find_program(GIT git)
set(commit "")
if(GIT)
  # The folder may belong to somebody else than who builds.
  execute_process(COMMAND ${GIT} -c safe.directory=* -C ${SOURCE} describe --always --dirty --exclude=* --abbrev=12
    OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
set(code "// Made by cmake/Version.cmake.\n\n#include \"scenarios/session/version.h\"\n\nnamespace session {\n\n")
string(APPEND code "std::string_view version() { return \"${VERSION}\"; }\n")
string(APPEND code "std::string_view commit() { return \"${commit}\"; }\n\n}  // namespace session\n")
set(before "")
if(EXISTS ${OUTPUT})
  file(READ ${OUTPUT} before)
endif()
if(NOT before STREQUAL code)
  file(WRITE ${OUTPUT} "${code}")
endif()
