# Run as a script: writes a C++ file that holds every lesson as text.
#   cmake -DLESSONS="a.md;b.md" -DOUTPUT=file.cpp -P EmbedLessons.cmake
set(code "// Made from scenarios/lessons/*.md by cmake/EmbedLessons.cmake.\n\n")
string(APPEND code "#include \"scenarios/lesson/lesson.h\"\n\nnamespace lesson {\n\n")
string(APPEND code "std::vector<Shipped> shipped_lessons() {\n  return {\n")
foreach(lesson IN LISTS LESSONS)
  get_filename_component(name ${lesson} NAME_WE)
  file(READ ${lesson} text)
  string(APPEND code "      {\"${name}\", R\"lesson(${text})lesson\"},\n")
endforeach()
string(APPEND code "  };\n}\n\n}  // namespace lesson\n")
file(WRITE ${OUTPUT} "${code}")
