# Language level, warnings and sanitizers, and the two functions that make every target.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2")

option(PAGEWALK_TESTS "Build the tests; they want the test packages of cmake/packages.txt" OFF)
option(PAGEWALK_PACKAGE "Build what `./dev package` packs" OFF)
option(PAGEWALK_BENCH "Build the benchmarks" OFF)
option(PAGEWALK_THREADS "Build with ThreadSanitizer" OFF)
option(PAGEWALK_FUZZ "Build the fuzz targets (clang), with sanitizers" OFF)
option(PAGEWALK_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(pagewalk_options INTERFACE)
target_include_directories(pagewalk_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(pagewalk_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # g++ 12 sees dangling and overflowing accesses in inlined std:: code where there are none.
  target_compile_options(pagewalk_options INTERFACE
    -Wno-restrict -Wno-error=stringop-overflow -Wno-error=array-bounds
    -Wno-error=maybe-uninitialized)
endif()
if(PAGEWALK_SANITIZE)
  target_compile_options(pagewalk_options INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -g1 -O1
    # With the sanitizers' checks g++ 12 sees many where there are none.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(pagewalk_options INTERFACE -fsanitize=address,undefined)
endif()

if(PAGEWALK_FUZZ)
  target_compile_options(pagewalk_options INTERFACE
    -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
    -g1 -O1)
  target_link_options(pagewalk_options INTERFACE -fsanitize=address,undefined)
endif()

if(PAGEWALK_THREADS)
  target_compile_options(pagewalk_options INTERFACE
    -fsanitize=thread -fno-omit-frame-pointer -g1 -O1
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized> $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
  target_link_options(pagewalk_options INTERFACE -fsanitize=thread)
endif()

if(PAGEWALK_PACKAGE)
  # Programs that run where another C++ library is, and find libraries of their own beside them. An archive's
  # libraries look for each other there, too: hence not the newer RUNPATH, which holds for a program alone.
  target_link_options(pagewalk_options INTERFACE -static-libstdc++ -static-libgcc -Wl,--disable-new-dtags)
  set(CMAKE_INSTALL_RPATH "$ORIGIN/../lib/pagewalk")
endif()

# pagewalk_library(NAME SOURCES a.cpp ... USES lib ...): a folder's library. USES are the folders below it.
function(pagewalk_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC pagewalk_options ${ARG_USES})
endfunction()

# pagewalk_test(NAME SOURCES a_test.cpp ... USES lib ...): one doctest executable, one ctest entry.
function(pagewalk_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
  add_executable(${name} ${CMAKE_SOURCE_DIR}/tests/doctest_main.cpp ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE pagewalk_options ${ARG_USES})
  add_test(NAME ${name} COMMAND ${name} --no-version)
endfunction()
