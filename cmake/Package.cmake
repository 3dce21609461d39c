# What `./dev package` packs: for Debian a .deb that uses the system's libraries and fonts (component
# `system`), and an archive that runs wherever it is unpacked, with its own (component `own`). Both have what
# is in component `both`.

include(GNUInstallDirs)

# Man pages and completions come from the programs' own descriptions of their options.
function(pagewalk_manual program)
  set(folder ${CMAKE_BINARY_DIR}/manual)
  add_custom_command(
    OUTPUT ${folder}/${program}.1.gz ${folder}/${program}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND ${program} --man > ${folder}/${program}.1
    COMMAND gzip -9nf ${folder}/${program}.1
    COMMAND ${program} --completion > ${folder}/${program}
    DEPENDS ${program}
    VERBATIM)
  add_custom_target(manual_of_${program} ALL DEPENDS ${folder}/${program}.1.gz)
  install(FILES ${folder}/${program}.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT both)
  install(FILES ${folder}/${program} DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT both)
endfunction()
pagewalk_manual(pagewalk)
pagewalk_manual(pagewalk-gui)

install(TARGETS pagewalk RUNTIME_DEPENDENCY_SET libraries RUNTIME DESTINATION bin COMPONENT both)
install(TARGETS pagewalk-gui RUNTIME_DEPENDENCY_SET libraries RUNTIME DESTINATION libexec COMPONENT own)
install(TARGETS pagewalk-gui RUNTIME DESTINATION bin COMPONENT system)
set(packaging ${CMAKE_SOURCE_DIR}/packaging)
install(FILES ${packaging}/pagewalk.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT both)
install(FILES ${packaging}/pagewalk.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps COMPONENT both)
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/pagewalk COMPONENT both)
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/pagewalk COMPONENT both)

# Of the archive alone. The C library, zlib, OpenGL and X11 are the system's: the last two belong together
# with its graphics driver.
install(PROGRAMS ${packaging}/pagewalk-gui.sh RENAME pagewalk-gui DESTINATION bin COMPONENT own)
install(RUNTIME_DEPENDENCY_SET libraries
  PRE_EXCLUDE_REGEXES "^ld-linux" "^lib(c|m|dl|rt|pthread|z)\\.so" "^lib(GL|GLX|EGL|OpenGL|GLdispatch)\\.so"
                      "^lib(X11|xcb)"
  DESTINATION lib/pagewalk COMPONENT own)
set(fonts /usr/share/fonts)
install(FILES
  ${fonts}/opentype/inter/Inter-Regular.otf
  ${fonts}/opentype/inter/Inter-SemiBold.otf
  ${fonts}/truetype/jetbrains-mono/JetBrainsMono-Regular.ttf
  ${fonts}/truetype/jetbrains-mono/JetBrainsMono-Bold.ttf
  DESTINATION ${CMAKE_INSTALL_DATADIR}/pagewalk/fonts COMPONENT own)
# The terms under which others' work is in the archive, as Debian keeps them.
foreach(package libmd4c0 libsodium23 libfmt-dev libcli11-dev nlohmann-json3-dev libtomlplusplus3 libimgui-dev
                libstb0 libglfw3 libfreetype6 libharfbuzz0b libgraphite2-3 libglib2.0-0 libpcre2-8-0 libpng16-16
                libbrotli1 libstdc++6 fonts-inter fonts-jetbrains-mono)
  install(FILES /usr/share/doc/${package}/copyright RENAME ${package}
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/pagewalk/licenses COMPONENT own OPTIONAL)
endforeach()

set(CPACK_PACKAGE_NAME pagewalk)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "Pagewalk <pagewalk@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "what virtual memory does to array programs, simulated and for real")
set(CPACK_GENERATOR DEB TXZ)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_SOURCE_DIR}/cmake/PackageOfGenerator.cmake)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_PACKAGE_FILE_NAME pagewalk-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION education)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What is opened by name when the app runs: fonts, and OpenGL with a driver that needs no graphics card.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "fonts-inter, fonts-jetbrains-mono, libgl1, libgl1-mesa-dri")
include(CPack)
