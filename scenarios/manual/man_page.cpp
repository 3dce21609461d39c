// Sections: name, synopsis, options, commands with theirs, and what stands below --help's list.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <sstream>

#include "scenarios/manual/manual.h"

namespace manual {
namespace {

// Text that is nothing but text to man: no escapes, no requests at the start of a line.
std::string plain(const std::string& text) {
  std::string out;
  bool is_start = true;
  for (const char c : text) {
    if (is_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";  // the sign that options are typed with
    } else {
      out += c;
    }
    is_start = c == '\n';
  }
  return out;
}

std::string capitals(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

class Page {
 public:
  explicit Page(const CLI::App& app) : app_(app) {}

  std::string text(const std::string& source) {
    const std::string& name = app_.get_name();
    const std::string about = one_line(app_.get_description());
    out_ << ".TH " << capitals(name) << " 1 \"\" \"" << plain(source) << "\"\n";
    out_ << ".SH NAME\n"
         << plain(name) << " \\- " << plain(about.substr(0, about.find(". "))) << "\n";
    out_ << ".SH SYNOPSIS\n";
    const auto commands = commands_of(app_);
    for (const CLI::App* command : commands) synopsis(name + " " + command->get_name(), *command);
    if (commands.empty()) synopsis(name, app_);
    out_ << ".SH DESCRIPTION\n" << plain(about) << "\n.SH OPTIONS\n";
    options(app_);
    below(app_);
    if (!commands.empty()) out_ << ".SH COMMANDS\n";
    for (const CLI::App* command : commands) {
      out_ << ".SS " << plain(name + " " + command->get_name()) << "\n";
      out_ << plain(one_line(command->get_description())) << "\n";
      options(*command);
      below(*command);
    }
    return out_.str();
  }

 private:
  static std::vector<const CLI::App*> commands_of(const CLI::App& app) {
    return app.get_subcommands([](const CLI::App*) { return true; });
  }

  void synopsis(const std::string& words, const CLI::App& app) {
    out_ << ".B " << plain(words) << "\n[\\fIoptions\\fR]";
    for (const CLI::Option* o : app.get_options()) {
      if (o->get_positional()) out_ << " \\fI" << plain(o->get_name(true)) << "\\fR";
    }
    out_ << "\n.br\n";
  }

  void options(const CLI::App& app) {
    for (const CLI::Option* o : app.get_options()) {
      if (o->get_group().empty()) continue;  // hidden
      const bool positional = o->get_positional();
      out_ << ".TP\n\\fB" << plain(format_.make_option_name(o, positional)) << "\\fR"
           << plain(positional ? "" : format_.make_option_opts(o)) << "\n"
           << plain(one_line(format_.make_option_desc(o))) << "\n";
    }
  }

  void below(const CLI::App& app) {
    if (app.get_footer().empty()) return;
    out_ << ".PP\n.nf\n" << plain(app.get_footer()) << "\n.fi\n";
  }

  const CLI::App& app_;
  CLI::Formatter format_;
  std::ostringstream out_;
};

}  // namespace

std::string man_page(const CLI::App& app, const std::string& source) {
  return Page(app).text(source);
}

void add_to(CLI::App& app, const std::string& source, const Names& names) {
  const auto print = [&app](const char* option, std::function<std::string()> text) {
    app.add_flag_callback(option,
                          [text = std::move(text)] {
                            std::cout << text();
                            throw CLI::Success();
                          })
        ->group("");
  };
  print("--man", [&app, source] { return man_page(app, source); });
  print("--completion", [&app, names] { return bash_completion(app, names); });
}

}  // namespace manual
