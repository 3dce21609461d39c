// A function of bash that looks for the subcommand, then for what the word before asks for.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

#include "scenarios/manual/manual.h"

namespace manual {
namespace {

// Of an option that takes one of a few: CLI11 describes its check as {one,other}.
std::string choices_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const std::size_t from = type.find('{');
  const std::size_t to = type.find('}', std::min(from, type.size()));
  if (to == std::string::npos) return {};
  std::string list = type.substr(from + 1, to - from - 1);
  std::replace(list.begin(), list.end(), ',', ' ');
  return list;
}

class Script {
 public:
  Script(const CLI::App& app, const Names& names) : app_(app), names_(names) {}

  std::string text() {
    const std::string& name = app_.get_name();
    std::string function = "_" + name;
    std::replace(function.begin(), function.end(), '-', '_');
    const auto commands = app_.get_subcommands([](const CLI::App*) { return true; });
    std::string subcommands;
    for (const CLI::App* command : commands) subcommands += " " + command->get_name();
    out_ << "# bash completion for " << name << "; " << name << " --completion prints it\n"
         << function << "() {\n"
         << "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
         << "  local command='' options='' values='' names='' candidate\n"
         << "  for candidate in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         << "    [[ \"" << subcommands << " \" != *\" $candidate \"* ]] || command=$candidate\n"
         << "    [[ -z $command ]] || break\n"
         << "  done\n"
         << "  case $command in\n";
    branch("''", app_, subcommands);
    for (const CLI::App* command : commands) branch(command->get_name(), *command, "");
    out_ << "  esac\n"
         << "  if [[ $values ]]; then\n"
         << "    mapfile -t COMPREPLY < <(compgen -W \"$values\" -- \"$word\")\n"
         << "  elif [[ $word == -* ]]; then\n"
         << "    mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
         << "  else\n"
         << "    mapfile -t COMPREPLY < <(compgen -W \"$names\" -- \"$word\"; compgen -f -- "
            "\"$word\")\n"
         << "  fi\n"
         << "}\n"
         << "complete -o filenames -F " << function << " " << name << "\n";
    return out_.str();
  }

 private:
  bool takes_names(const std::string& who) const {
    return std::find(names_.takers.begin(), names_.takers.end(), who) != names_.takers.end();
  }
  std::string listed() const { return "$(" + names_.lister + " 2>/dev/null | cut -d' ' -f1)"; }

  void branch(const std::string& pattern, const CLI::App& app, const std::string& words) {
    std::ostringstream options, values;
    for (const CLI::Option* o : app.get_options()) {
      if (o->get_positional() || o->get_group().empty()) continue;
      const std::string name = o->get_name();
      options << " " << name;
      const std::string list = takes_names(name) ? listed() : choices_of(*o);
      if (!list.empty()) values << "        " << name << ") values=\"" << list << "\" ;;\n";
    }
    out_ << "    " << pattern << ")\n      options='" << options.str().substr(1) << "'\n";
    const std::string names = takes_names(pattern) ? listed() : words;
    if (!names.empty()) out_ << "      names=\"" << names << "\"\n";
    if (!values.str().empty()) {
      out_ << "      case $before in\n" << values.str() << "      esac\n";
    }
    out_ << "      ;;\n";
  }

  const CLI::App& app_;
  const Names& names_;
  std::ostringstream out_;
};

}  // namespace

std::string bash_completion(const CLI::App& app, const Names& names) {
  return Script(app, names).text();
}

}  // namespace manual
