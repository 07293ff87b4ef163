/* main.c - the program: finds the subcommand and hands over. */
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/message.h"
#include "app/outputs.h"
#include "app/ranks.h"
#include "app/signals.h"
#include "base/assert.h"
#include "story/word.h"

static const char PROMISE[] =
    "Breakwater - who pays when a leveraged trader goes bankrupt\n"
    "\n"
    "usage: breakwater COMMAND [OPTIONS]\n"
    "       breakwater help COMMAND\n"
    "       breakwater --help | --version\n"
    "\n"
    "commands:\n";

static const char EXITS[] =
    "\n"
    "exit codes: 0 done, every check held; 1 a check failed; 2 the command line is wrong; 3 an input is wrong or\n"
    "missing; 4 --fail-if breached; 5 output or system failed; 130 interrupted\n";

static void print_assert(const char *file, int line, const char *text)
{
    fflush(stdout);
    fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, text);
}

/* The text is the whole result, so it has to arrive. */
static app_exit print_result(const char *text)
{
    app_output output;
    app_output_standard(&output, stdout);
    fputs(text, stdout);
    return app_output_keep(&output) ? APP_DONE : APP_SYSTEM;
}

static app_exit print_help(void)
{
    fputs(PROMISE, stdout);
    for (const app_command *const *command = APP_COMMANDS; *command != NULL; command++)
        printf("  %-10s %s\n", (*command)->name, (*command)->summary);
    return print_result(EXITS);
}

static const app_command *find_command(const char *name)
{
    for (const app_command *const *command = APP_COMMANDS; *command != NULL; command++)
        if (strcmp((*command)->name, name) == 0)
            return *command;
    return NULL;
}

static app_exit unknown_command(const char *name)
{
    bw_story_nearest nearest;
    bw_story_nearest_new(&nearest, name);
    for (const app_command *const *command = APP_COMMANDS; *command != NULL; command++)
        bw_story_nearest_offer(&nearest, (*command)->name);
    bw_story_nearest_offer(&nearest, "help");
    bw_story_nearest_offer(&nearest, "--help");
    bw_story_nearest_offer(&nearest, "--version");
    if (nearest.best != NULL)
        return app_say(APP_USAGE, "found '%s', expected a command; did you mean '%s'?", name, nearest.best);
    return app_say(APP_USAGE, "found '%s', expected a command; see 'breakwater --help'", name);
}

static app_exit help(int argc, char **argv)
{
    if (argc < 3)
        return print_help();
    if (argc > 3)
        return app_say(APP_USAGE, "help: found '%s', expected one command", argv[3]);
    const app_command *command = find_command(argv[2]);
    return command != NULL ? print_result(command->help) : unknown_command(argv[2]);
}

static app_exit program(int argc, char **argv)
{
    if (argc < 2)
        return app_say(APP_USAGE, "found the end of the line, expected a command; see 'breakwater --help'");
    bool is_help = strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0;
    if (is_help || strcmp(argv[1], "--version") == 0) {
        if (argc > 2)
            return app_say(APP_USAGE, "%s: found '%s', expected no more", argv[1], argv[2]);
        return is_help ? print_help() : print_result("breakwater " BW_VERSION "\n");
    }
    if (strcmp(argv[1], "help") == 0)
        return help(argc, argv);
    const app_command *command = find_command(argv[1]);
    if (command == NULL)
        return unknown_command(argv[1]);
    for (int i = 2; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0)
            return print_result(command->help);
    app_exit end = app_ranks_begin(argc - 1, argv + 1);
    return app_ranks_end(end == APP_DONE ? command->run(argc - 1, argv + 1) : end);
}

int main(int argc, char **argv)
{
    bw_assert_hook_set(print_assert);
    app_signals_ignore();
    return (int)program(argc, argv);
}
