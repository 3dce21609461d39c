// A command's options as a man page and as a completion for bash: both are made of what --help is
// made of.

#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace manual {

// Where a word may be one of the names that a command lists.
struct Names {
  std::string lister;               // prints a name at the start of each line
  std::vector<std::string> takers;  // subcommands, for their arguments, and options such as --on
};

// In the language of man(7). `source` stands at the page's foot, such as "Pagewalk 1.2".
std::string man_page(const CLI::App& app, const std::string& source);

// Completes subcommands, options, names, and values where an option takes one of a few; elsewhere
// files.
std::string bash_completion(const CLI::App& app, const Names& names);

// Adds the hidden options --man and --completion, which print these and end the program with
// status 0: packages are made with them.
void add_to(CLI::App& app, const std::string& source, const Names& names);

}  // namespace manual
