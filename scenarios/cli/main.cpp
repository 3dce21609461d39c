// The `pagewalk` command.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

#include "real/memory_limit.h"
#include "scenarios/cli/compare_command.h"
#include "scenarios/cli/doctor_command.h"
#include "scenarios/cli/exec_command.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/run_command.h"
#include "scenarios/manual/manual.h"
#include "scenarios/session/guarded_main.h"
#include "scenarios/session/nearest.h"
#include "scenarios/session/process_start.h"
#include "scenarios/session/settings.h"
#include "scenarios/session/version.h"

namespace {

std::string settings_help() {
  std::string text = "Settings for --set and TOML files:\n";
  for (const session::SettingInfo& info : session::settings_reference()) {
    text += "  " + std::string(info.key) + std::string(17 - info.key.size(), ' ') +
            std::string(info.meaning) + "\n";
  }
  return text;
}

void describe_settings(CLI::App& app, cli::GivenSettings& settings) {
  app.add_option("--machine", settings.machine, "textbook (default) or a TOML file of settings");
  app.add_option("--set", settings.sets, "one setting, KEY=VALUE; may be given again")
      ->take_all()
      ->expected(1);
}

// What can befall the program or its disk.
void describe_mishaps(CLI::App& app, cli::RunOptions& options) {
  app.add_option("--kill", options.kill,
                 "kill the program at this place and show what its files hold then:\n"
                 "LINE, LINE#TURN or LINE:TOUCH")
      ->option_text("PLACE");
  app.add_option("--power-cut", options.power_cut,
                 "cut the simulated computer's power at this place and show what could be found\n"
                 "on its disk; without --on, runs on sim alone")
      ->option_text("PLACE");
  app.add_option("--inject", options.inject,
                 "a fault of the simulated disk: read-error=FILE:PAGES, write-error=FILE:PAGES\n"
                 "(PAGES: 3 or 0-7), disk-full=PAGES (room for so many more); may be given again;\n"
                 "without --on, runs on sim alone")
      ->take_all()
      ->expected(1)
      ->option_text("FAULT");
}

void describe_run(CLI::App& app, cli::RunOptions& options) {
  app.add_option("program", options.what, "FILE.py, LESSON.md, or the name of a lesson")
      ->required();
  app.add_option("--on", options.on, "which computer: sim, real or both (default)")
      ->check(CLI::IsMember({"sim", "real", "both"}))
      ->option_text("COMPUTER");
  app.add_option(
         "--mode", options.mode,
         "how this computer runs it: exact (default), page by page as the simulated one, or\n"
         "default, with the kernel's readahead, fault-around and large folios, or cgroup, under\n"
         "a real limit of as many pages as the simulated one has frames (needs root)")
      ->check(CLI::IsMember({"exact", "default", "cgroup"}))
      ->option_text("MODE");
  app.add_option("--without", options.without,
                 "what this computer is to do without, as where a container forbids it: a list of\n"
                 "perf, uffd, cachestat, smaps, pagemap_scan, pagemap, landlock, seccomp")
      ->option_text("LIST");
  describe_settings(app, options.settings);
  app.add_option("--trace", options.trace,
                 "touches: keep each touch's outcome, and compare them one by one")
      ->check(CLI::IsMember({"touches"}))
      ->option_text("WHAT");
  app.add_option("--plant", options.plant)->group("");  // hidden: tests turn a rule off
  app.add_option("--files", options.files, "a folder whose files the program starts with; copied");
  app.add_flag("--json", options.json, "the runs and their agreement as JSON (docs/json.md)");
  app.add_flag("--turns", options.each_turn, "tell each turn of a loop by itself (the first 1000)");
  app.add_option("--events", options.events,
                 "write every event to this file, one JSON object a line");
  describe_mishaps(app, options);
  app.footer(settings_help() +
             "\nExamples:\n"
             "  pagewalk run three-programs\n"
             "  pagewalk run program3.py --files data/ --on sim --set frames=64 --set policy=fifo\n"
             "  pagewalk run three-programs --without perf,uffd\n"
             "  pagewalk run program3.py --files data/ --json | jq .agreement.unexplained\n"
             "  pagewalk run program3.py --files data/ --on real --mode default\n"
             "  pagewalk run program3.py --files data/ --set frames=4 --trace touches\n"
             "  sudo pagewalk run large.py --mode cgroup --set frames=2048\n"
             "  pagewalk run program3.py --files data/ --kill 3:1\n"
             "  pagewalk run program3.py --files data/ --power-cut 4\n"
             "  pagewalk run program3.py --files data/ --inject write-error=data.bin:0\n"
             "\nA place is LINE[#TURN][:TOUCH]: just before LINE is executed for the first (or\n"
             "TURN-th) time; with TOUCH, after that many of the touches it then makes.\n"
             "\nExit status: 0; 1 the program raised, left with a status that is not 0 (which is "
             "told), or\n"
             "its budget ended; 2 bad input, setting or unsupported construct; 3 differences left\n"
             "unexplained, however the program ended (which is told); 128+N died of signal N.");
}

void describe_exec(CLI::App& app, cli::ExecOptions& options) {
  app.add_option("program", options.program, "FILE.py")->required();
  app.add_option("--on", options.on, "which computer: sim (default) or real")
      ->check(CLI::IsMember({"sim", "real"}))
      ->option_text("COMPUTER");
  describe_settings(app, options.settings);
  app.footer(
      "Behaves like `python3 FILE.py`: same output, same last line of the traceback, same files.\n"
      "It works in a scratch directory: files of the current directory are copied in when first\n"
      "used, and changed, new and removed files are carried back at the end. Ctrl-C ends the "
      "program\n"
      "and has its files carried back; a second one ends the command at once.\n"
      "`pagewalk run --help` lists the settings.\n"
      "\nExit status: the program's own (SystemExit, os._exit); else as of `pagewalk run`.\n"
      "\nExamples:\n"
      "  pagewalk exec program1.py --on real\n"
      "  pagewalk exec long.py --set max_steps=10G --set max_seconds=600");
}

void describe_compare(CLI::App& app, cli::CompareOptions& options) {
  app.add_option("strategies", options.what,
                 "programs FILE.py, which have to leave the same files and print the same; or a\n"
                 "lesson that compares its programs")
      ->required();
  app.add_option("--param", options.values, "a parameter's value, NAME=NUMBER; may be given again")
      ->take_all()
      ->expected(1)
      ->option_text("NAME=NUMBER");
  app.add_option("--over", options.over,
                 "a table over a parameter or a setting, and where another strategy becomes the\n"
                 "fastest")
      ->option_text("NAME=FIRST..LAST[:POINTS]");
  app.add_flag("--policies", options.policies,
               "how often pages are given a frame, over the number of frames, by every eviction\n"
               "policy and by the best possible one");
  app.add_option("--each", options.each, "every strategy under each of these machines")
      ->option_text("KEY=VALUE,VALUE");
  app.add_option("--answer", options.answer,
                 "a file that has to be the same in the end; without it, all files have to")
      ->take_all()
      ->expected(1)
      ->option_text("NAME");
  app.add_option("--files", options.files, "a folder whose files the programs start with; copied");
  app.add_option("--on", options.on, "sim (default), or both: measured on this computer too")
      ->check(CLI::IsMember({"sim", "both"}))
      ->option_text("COMPUTER");
  describe_settings(app, options.settings);
  app.add_flag("--json", options.json, "what was found as JSON (docs/json.md)");
  app.footer(
      "A parameter is a line at the left margin of a program such as\n"
      "  share = 0.05  # parameter 0.001..1 log: share of pages touched\n"
      "`pagewalk run --help` lists the settings.\n"
      "\nExamples:\n"
      "  pagewalk compare choose-a-strategy\n"
      "  pagewalk compare choose-a-strategy --param share=0.2 --on both\n"
      "  pagewalk compare choose-a-strategy --over share=0.001..1\n"
      "  pagewalk compare choose-a-strategy --over frames=16..2048:8 --json\n"
      "  pagewalk compare copy.py map.py --files data/ --answer x.bin\n"
      "  pagewalk compare loop.py --each policy=lru,random --set frames=8\n"
      "  pagewalk compare load-or-map --policies\n"
      "\nExit status: as of `pagewalk run`, of the first strategy that does not come to its end.");
}

void describe_doctor(CLI::App& app, cli::DoctorOptions& options) {
  app.add_option("--without", options.without,
                 "tell what it would be like without these (`pagewalk run --help`)")
      ->option_text("LIST");
  app.add_flag("--json", options.json, "what was found as JSON (docs/json.md)");
  app.footer(
      "Does what a run does before its program begins, and tells what it found: what this\n"
      "computer shows, what keeps programs in their scratch directory, what each lack costs and\n"
      "how to get it.\n"
      "\nExamples:\n"
      "  pagewalk doctor\n"
      "  pagewalk doctor --json | jq '.capabilities[] | select(.available | not)'\n"
      "  PAGEWALK_SCRATCH=/mnt/disk pagewalk doctor\n"
      "\nExit status: 0 programs can be run on this computer; 2 they cannot.");
}

// An option's text that is empty says nothing: a script's variable was not set. It is not as if the
// option were left away.
void refuse_empty_texts(CLI::App& command) {
  for (CLI::Option* option : command.get_options()) {
    if (option->get_items_expected_max() == 0) continue;  // a flag
    option->check([](const std::string& text) {
      return text.empty() ? "what follows is empty. Give it a text, or leave it away" : "";
    });
  }
}

// CLI11 answers an unknown command only with "a subcommand is required".
bool is_known_command(CLI::App& app, const std::string& word) {
  if (word.empty() || word.front() == '-') return true;
  const auto commands = app.get_subcommands([](CLI::App*) { return true; });
  std::vector<std::string_view> names;
  for (const CLI::App* command : commands) names.push_back(command->get_name());
  if (std::find(names.begin(), names.end(), word) != names.end()) return true;
  std::cerr << "pagewalk: there is no command '" << word << "'. Did you mean '"
            << session::nearest(word, names) << "'? `pagewalk --help` lists them\n";
  return false;
}

int dispatch(int argc, char** argv) {
  CLI::App app{
      "Pagewalk runs array programs line by line on a simulated computer and on this one, and "
      "shows\n"
      "what virtual memory does: page faults, dirty pages, write-back, files."};
  app.name("pagewalk");
  app.require_subcommand(1);
  app.set_version_flag("--version", cli::version_text,
                       "version, commit, and what a run can use of this computer");
  app.footer("Start here:\n  pagewalk run three-programs");
  cli::RunOptions run;
  cli::ExecOptions exec;
  cli::CompareOptions compare;
  cli::DoctorOptions doctor;
  CLI::App* run_command =
      app.add_subcommand("run", "run a program or a lesson and show what happened");
  CLI::App* exec_command = app.add_subcommand("exec", "run a program as python3 would");
  CLI::App* compare_command =
      app.add_subcommand("compare", "hold strategies for one task against each other");
  CLI::App* lessons_command = app.add_subcommand("lessons", "list the lessons");
  CLI::App* doctor_command = app.add_subcommand(
      "doctor", "what of this computer can be used, and how to get what is missing");
  describe_run(*run_command, run);
  describe_exec(*exec_command, exec);
  describe_compare(*compare_command, compare);
  describe_doctor(*doctor_command, doctor);
  for (CLI::App* command : {run_command, exec_command, compare_command, doctor_command}) {
    refuse_empty_texts(*command);
  }
  manual::add_to(app, "Pagewalk " + std::string(session::version()),
                 {"pagewalk lessons", {"run", "compare"}});
  if (argc > 1 && !is_known_command(app, argv[1])) return cli::kBadInput;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? cli::kOk : cli::kBadInput;
  }
  const bool sim_only = !run.power_cut.empty() || !run.inject.empty();
  if (sim_only && run_command->count("--on") == 0) run.on = "sim";
  real::limit_memory();
  cli::watch_interrupts();
  if (doctor_command->parsed()) return cli::doctor(doctor);
  if (lessons_command->parsed()) return cli::list_lessons();
  if (compare_command->parsed()) return cli::compare(compare);
  return exec_command->parsed() ? cli::execute(exec) : cli::run(run);
}

}  // namespace

int main(int argc, char** argv) {
  session::start_process();
  return session::guarded("pagewalk", [&] { return dispatch(argc, argv); });
}
