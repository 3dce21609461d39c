# Read by CPack for each package that it makes: which components are in it (Package.cmake).
if(CPACK_GENERATOR STREQUAL "DEB")
  set(CPACK_COMPONENTS_ALL both system)
else()
  set(CPACK_COMPONENTS_ALL both own)
  set(CPACK_COMPONENT_INCLUDE_TOPLEVEL_DIRECTORY ON)
endif()
