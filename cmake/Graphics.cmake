# What the app draws with. PAGEWALK_GRAPHICS says whether all of it is here: the `pagewalk` command
# is built without any of it.

find_package(OpenGL COMPONENTS OpenGL EGL)
find_package(Freetype)
find_package(glfw3)
find_package(PkgConfig)
if(PkgConfig_FOUND)
  pkg_check_modules(harfbuzz IMPORTED_TARGET harfbuzz)
endif()
find_path(IMGUI_INCLUDE imgui.h PATH_SUFFIXES imgui)
find_library(IMGUI_LIBRARY imgui)
find_library(STB_LIBRARY stb)

set(PAGEWALK_GRAPHICS OFF)
if(OpenGL_OpenGL_FOUND AND OpenGL_EGL_FOUND AND Freetype_FOUND AND glfw3_FOUND AND harfbuzz_FOUND AND IMGUI_INCLUDE
   AND IMGUI_LIBRARY AND STB_LIBRARY)
  set(PAGEWALK_GRAPHICS ON)
  # Debian's pkg-config entry links in the wrong order.
  add_library(imgui STATIC IMPORTED)
  set_target_properties(imgui PROPERTIES
    IMPORTED_LOCATION ${IMGUI_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES "${IMGUI_INCLUDE};${IMGUI_INCLUDE}/backends"
    INTERFACE_LINK_LIBRARIES "Freetype::Freetype;${STB_LIBRARY};OpenGL::OpenGL;${CMAKE_DL_LIBS}")
  set_property(TARGET imgui APPEND PROPERTY INTERFACE_SYSTEM_INCLUDE_DIRECTORIES
    "${IMGUI_INCLUDE};${IMGUI_INCLUDE}/backends")
endif()
