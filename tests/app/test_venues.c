/* venues/: every file says where its rules are from and what it leaves out, stands once in the table, parses alone and
   plays a small book; for the venues of the table below, what each layer pays there, computed by hand from their rules. */
#include "shell.h"

#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>

#define FILES_MAX 256

typedef struct {
    char names[FILES_MAX][64];
    uint32_t count;
} venue_list;

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static const char *venues_folder(void)
{
    static char path[256];
    const char *root = getenv("BW_SOURCE_DIR");
    snprintf(path, sizeof path, "%s/venues", root ? root : ".");
    return path;
}

/* Names of the stories of a folder, without ".story", in order. */
static void list(const char *path, venue_list *venues)
{
    DIR *stream = opendir(path);
    assert_non_null(stream);
    venues->count = 0;
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        size_t length = strlen(entry->d_name);
        if (length <= 6 || length >= 64 + 6 || strcmp(entry->d_name + length - 6, ".story") != 0)
            continue;
        assert_true(venues->count < FILES_MAX);
        snprintf(venues->names[venues->count++], 64, "%.*s", (int)(length - 6), entry->d_name);
    }
    closedir(stream);
    qsort(venues->names, venues->count, sizeof *venues->names, by_name);
}

static void read_text(const char *path, const char *name, const char *suffix, char *text, size_t size)
{
    char full[512];
    snprintf(full, sizeof full, "%s/%s%s", path, name, suffix);
    FILE *stream = fopen(full, "rb");
    assert_non_null(stream);
    size_t length = fread(text, 1, size - 1, stream);
    assert_true(length < size - 1);
    text[length] = 0;
    fclose(stream);
}

/* The line that begins with these words; NULL: none. */
static const char *line_of(const char *text, const char *words)
{
    for (const char *at = text; at != NULL; at = strchr(at, '\n'), at = at ? at + 1 : NULL)
        if (strncmp(at, words, strlen(words)) == 0)
            return at;
    return NULL;
}

/* Seven or more digits of a commit, letters and figures. */
static bool is_commit(const char *word)
{
    size_t length = strspn(word, "0123456789abcdef");
    return length >= 7 && !isalnum((unsigned char)word[length]) && strcspn(word, "0123456789") < length &&
           strcspn(word, "abcdef") < length;
}

/* A source without a date or a commit cannot be looked up again: one of them must stand in the paragraph. */
static bool is_dated(const char *paragraph)
{
    bool starts = true;
    for (const char *at = paragraph; *at != 0; at++) {
        if (at[0] == '\n' && strncmp(at + 1, "#  ", 3) != 0)
            return false;
        if (starts && (is_commit(at) || (strncmp(at, "20", 2) == 0 && isdigit((unsigned char)at[2]) &&
                                         isdigit((unsigned char)at[3]))))
            return true;
        starts = !isalnum((unsigned char)at[0]);
    }
    return false;
}

/* Columns of a row of the table: 7, whatever is in them. */
static uint32_t columns(const char *row)
{
    uint32_t bars = 0;
    for (; *row != 0 && *row != '\n'; row++)
        bars += *row == '|';
    return bars - 1;
}

static bool row_fault(const char *table, const char *name, char *fault, size_t size)
{
    char words[160];
    snprintf(words, sizeof words, "| [%s](%s.story) | ", name, name);
    const char *row = line_of(table, words);
    fault[0] = 0;
    if (row == NULL)
        snprintf(fault, size, "%s: no row in the table", name);
    else if (line_of(row + 1, words) != NULL)
        snprintf(fault, size, "%s: two rows in the table", name);
    else if (columns(row) != 7)
        snprintf(fault, size, "%s: %u columns in the table", name, columns(row));
    return fault[0] != 0;
}

static bool file_fault(const char *path, const char *name, char *fault, size_t size)
{
    char text[16384];
    read_text(path, name, ".story", text, sizeof text);
    const char *source = line_of(text, "# Source: ");
    fault[0] = 0;
    if (strncmp(text, "# ", 2) != 0)
        snprintf(fault, size, "%s: the first line does not say what it is", name);
    else if (source == NULL)
        snprintf(fault, size, "%s: no source", name);
    else if (!is_dated(source))
        snprintf(fault, size, "%s: its source has neither year nor commit", name);
    else if (line_of(text, "# Not modelled: ") == NULL)
        snprintf(fault, size, "%s: not said what is not modelled", name);
    return fault[0] != 0;
}

/* What is wrong with the files of a folder and its table, the first of it; "": nothing. */
static void folder_fault(const char *path, char *fault, size_t size)
{
    static venue_list venues;
    char table[65536];
    uint32_t rows = 0;
    list(path, &venues);
    read_text(path, "README", ".md", table, sizeof table);
    for (uint32_t i = 0; i < venues.count; i++)
        if (file_fault(path, venues.names[i], fault, size) || row_fault(table, venues.names[i], fault, size))
            return;
    const char *before = NULL;
    for (const char *row = line_of(table, "| ["); row != NULL; row = line_of(row + 1, "| [")) {
        if (before != NULL && strncmp(before, row, strcspn(row, "]")) > 0) {
            snprintf(fault, size, "rows out of order at %.*s", (int)strcspn(row, "]"), row);
            return;
        }
        before = row;
        rows++;
    }
    if (rows != venues.count)
        snprintf(fault, size, "%u rows for %u files", rows, venues.count);
}

static void the_folder_is_complete(void **state)
{
    char fault[256];
    (void)state;
    folder_fault(venues_folder(), fault, sizeof fault);
    if (fault[0] != 0)
        fail_msg("venues: %s", fault);
}

/* A copy of the folder with one thing spoilt is noticed. */
static void what_is_missing_is_noticed(void **state)
{
    static const char *const SPOILT[][2] = {
        {"sed -i '1s/^# /#/' in/okx.story", "okx: the first line does not say what it is"},
        {"sed -i 's/^# Source:/# From:/' in/bitmex.story", "bitmex: no source"},
        {"sed -i 's/20[0-9][0-9]/last year/g' in/ftx.story", "ftx: its source has neither year nor commit"},
        {"sed -i '/^# Not modelled/d' in/deribit.story", "deribit: not said what is not modelled"},
        {"sed -i '/^| \\[bybit\\]/d' in/README.md", "bybit: no row in the table"},
        {"sed -i '/^| \\[bybit\\]/p' in/README.md", "bybit: two rows in the table"},
        {"sed -i '/^| \\[okx\\]/s/ |$//' in/README.md", "okx: 6 columns in the table"},
        {"cp in/okx.story in/another.story", "another: no row in the table"},
        {"sed -i '$a| [ghost](ghost.story) | | | | | | |' in/README.md", "rows out of order at | [ghost"},
        {"rm in/vertex.story", "rows for"},
    };
    char line[512], path[256], fault[256];
    (void)state;
    snprintf(path, sizeof path, "%s/in", folder);
    for (size_t i = 0; i < sizeof SPOILT / sizeof *SPOILT; i++) {
        snprintf(line, sizeof line, "rm -rf in && cp -r $V in && %s", SPOILT[i][0]);
        must(line, 0);
        fault[0] = 0;
        folder_fault(path, fault, sizeof fault);
        if (strstr(fault, SPOILT[i][1]) == NULL)
            fail_msg("%s: found '%s', expected '%s'", SPOILT[i][0], fault, SPOILT[i][1]);
    }
    must("rm -rf in", 0);
}

/* Alice ends at 10 - 30 = -20; bob has won 30, dan 20; carl loses but can pay; eva has no position. The fund has a bucket
   of 3 and 4 more, the venue 2. A desk takes up to half of alice's 1.5 lots, where the venue asks desks. */
#define BOOK \
    "market BTC-PERP pool main funded tick 0.1 lot 0.001 brackets 0:0.05:0.025\n" \
    "account vault pool main\ndeposit vault 1000 USDC\ndesk vault share 0.5 discount 0.01 market-max 500\n" \
    "fund main deposit 3 market BTC-PERP\nfund main deposit 4\nfund main capital-deposit 2\n" \
    "deposit alice 10 USDC\ndeposit bob 50 USDC\ndeposit carl 60 USDC\ndeposit dan 60 USDC\ndeposit eva 200 USDC\n" \
    "mark BTC-PERP 100.0\ntrade BTC-PERP buy alice sell bob 1.5 @ 100.0 | BTC-PERP buy carl sell dan 1 @ 100.0\n" \
    "mark BTC-PERP 80.0\n"

static void play(const char *name, const char *expectations)
{
    char path[256], line[512];
    snprintf(path, sizeof path, "%s/book.story", folder);
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    fprintf(stream, "include %s.story\n" BOOK "%s", name, expectations);
    fclose(stream);
    snprintf(line, sizeof line, "cp $V/%s.story . && breakwater story --check book.story", name);
    if (shell(line) != 0)
        fail_msg("%s: %s", name, err);
    must("rm *.story", 0);
}

static void every_file_plays_alone_and_a_small_book(void **state)
{
    static venue_list venues;
    char line[512];
    (void)state;
    list(venues_folder(), &venues);
    for (uint32_t i = 0; i < venues.count; i++) {
        snprintf(line, sizeof line, "breakwater story $V/%s.story", venues.names[i]);
        must(line, 0);
        play(venues.names[i], "");
    }
}

/* How alice's gap comes about: at once, or when her lots were offered in vain; 20, or with penalties on what is closed. */
static const char *gap_of(const char *name)
{
    if (strcmp(name, "dydx-v4") == 0)
        return "expect gap 0\nliquidate alice BTC-PERP\nexpect gap 20\n";
    return strcmp(name, "mcdex-v2") == 0 ? "expect gap 21.2\n" : "expect gap 20\n";
}

/* Who pays the gap of the small book. */
static void the_small_book_is_paid_by_the_venues_rule(void **state)
{
    /* fund, shared fund, capital, desks, deleveraged, haircut, carryover */
    static const struct {
        const char *name, *paid[7], *also;
    } VENUES[] = {
        {"binance", {"3", "4", "0", "13", "0", "0", "0"}, "expect taken vault BTC-PERP 0.75\n"},
        {"bitmex", {"3", "4", "0", "0", "13", "0", "0"}, "expect deleveraged bob 13\n"},
        /* no desks; bob's 1.5 lots go whole, his net risk being the largest; half of a later inflow of 10 is his */
        {"breakwater", {"3", "4", "2", "0", "11", "0", "0"},
         "expect size bob BTC-PERP 0\nexpect deleveraged bob 11\nfund main deposit 10\nexpect claim bob 6\nexpect fund 5\n"},
        /* a drawdown of 30% of 7 */
        {"bybit", {"2.1", "0", "0", "0", "17.9", "0", "0"}, "expect drawdown 1\n"},
        /* gains of this mark: 30 and 20 */
        {"ccp", {"3", "4", "2", "0", "0", "11", "0"}, "expect haircut bob 6.6\nexpect haircut dan 4.4\n"},
        {"deribit", {"3", "4", "0", "0", "0", "0", "13"}, "settle main\nexpect carryover 0\nexpect claim bob 7.8\n"},
        /* claims 80 + 40 + 80 + 200 and the desk's 1000 on a vault that lacks 13 */
        {"derive", {"3", "4", "0", "0", "0", "0", "13"}, "withdraw eva 140 USDC\nexpect carryover 11.7\nexpect claim eva 1.3\n"},
        /* the fund keeps one unit; 11.000001 over 4.25 lots: bob's and dan's 0.75 that ADL closed, 1.75 held on each side */
        {"drift-v2", {"6.999999", "0", "2", "0", "0", "11.000001", "0"},
         "expect haircut bob 1.164706\nexpect equity bob 76.117647\nexpect equity carl 37.411765\nexpect equity vault 998.058824\n"},
        /* lots wait for offers */
        {"dydx-v4", {"0", "0", "0", "0", "20", "0", "0"}, "expect fund 7\n"},
        {"ftx", {"0", "0", "0", "20", "0", "0", "0"}, ""},
        {"hubble", {"7", "0", "0", "0", "0", "0", "13"}, "fund main deposit 5\nexpect carryover 8\nexpect fund 0\n"},
        {"hyperliquid-doc", {"0", "0", "0", "20", "0", "0", "0"}, ""},
        {"hyperliquid-observed", {"0", "0", "0", "20", "0", "0", "0"}, ""},
        {"injective", {"7", "0", "0", "0", "0", "13", "0"}, "expect haircut bob 7.8\nexpect haircut dan 5.2\n"},
        {"kraken-futures", {"3", "4", "0", "13", "0", "0", "0"}, ""},
        /* half of the lots at once by bob, at alice's zero value; the desk bears what its half lacks */
        {"lighter", {"0", "0", "0", "10", "10", "0", "0"}, "expect deleveraged bob 10\n"},
        /* 3 pay for 2.962962 and 4 for 3.950617, the rest is the desk's fee; 13.086421 over 4.25 lots */
        {"mango-v4", {"6.913579", "0", "0", "0", "0", "13.086421", "0"},
         "expect haircut bob 1.385621\nexpect equity bob 75.381264\nexpect equity vault 997.777053\n"},
        /* penalties of 0.6 each on the 120 that are closed; 13.6 over the 2.5 lots of the other side */
        {"mcdex-v2", {"7.6", "0", "0", "0", "0", "13.6", "0"},
         "expect equity bob 71.84\nexpect equity dan 74.56\nexpect equity carl 40\nexpect balance vault 1000.6\n"},
        {"okex-2018", {"3", "4", "0", "0", "0", "0", "13"}, "settle main\nexpect carryover 0\nexpect claim dan 5.2\n"},
        {"okx", {"2.1", "0", "0", "0", "0", "0", "17.9"}, "expect drawdown 1\n"},
        {"paradex", {"3", "4", "0", "13", "0", "0", "0"}, ""},
        /* nothing was locked when the round began; what ADL realised for bob (0.9) and dan (0.6) is recovered as it settles */
        {"percolator", {"7", "0", "0", "0", "0", "0", "13"},
         "expect carryover 0\nexpect claim bob 7.8\nexpect claim dan 5.2\nexpect balance bob 72.2\n"},
        {"vega", {"7", "0", "0", "0", "0", "13", "0"},
         "expect haircut bob 7.8\nexpect haircut dan 5.2\nexpect upnl dan 0\nexpect balance dan 74.8\n"},
        /* 13 over 4.25 lots: bob's and dan's 0.75 that ADL closed, at once; 1.75 on each side, carl's and the desk's too */
        {"vertex", {"3", "4", "0", "0", "0", "13", "0"},
         "expect haircut bob 1.376471\nexpect haircut eva 0\nexpect equity bob 75.411765\nexpect equity carl 36.941177\n"
         "expect equity vault 997.705883\n"},
    };
    static const char *const LAYERS[] = {"fund", "shared-fund", "capital", "backstop", "deleveraged", "haircut", "carryover"};
    (void)state;
    for (size_t v = 0; v < sizeof VENUES / sizeof *VENUES; v++) {
        char text[2048] = "";
        size_t used = (size_t)snprintf(text, sizeof text, "%s", gap_of(VENUES[v].name));
        for (size_t i = 0; i < sizeof LAYERS / sizeof *LAYERS; i++)
            used += (size_t)snprintf(text + used, sizeof text - used, "expect %s paid %s\n", LAYERS[i], VENUES[v].paid[i]);
        snprintf(text + used, sizeof text - used, "%s", VENUES[v].also);
        play(VENUES[v].name, text);
    }
}

/* Breakwater's own rules are those that docs/default-rules.md argues for, word by word: whoever changes one of them meets the
   figures of the other. */
static void the_default_is_the_argued_one(void **state)
{
    static char venue[16384], document[262144], in[512];
    char *at_venue = NULL, *at_document = NULL;
    (void)state;
    snprintf(in, sizeof in, "%s/../docs", venues_folder());
    read_text(venues_folder(), "breakwater", ".story", venue, sizeof venue);
    read_text(in, "default-rules", ".md", document, sizeof document);
    char *rules = strstr(venue, "\npool "), *block = strstr(document, "\n```\n");
    assert_non_null(rules);
    assert_non_null(block);
    char *end = strstr(block + 5, "\n```\n");
    assert_non_null(end);
    *end = 0;
    rules = strchr(rules + 1, '\n');
    assert_non_null(rules);
    const char *word = strtok_r(rules, " \n", &at_venue), *wanted = strtok_r(block + 5, " \n", &at_document);
    for (; word != NULL && wanted != NULL;
         word = strtok_r(NULL, " \n", &at_venue), wanted = strtok_r(NULL, " \n", &at_document))
        assert_string_equal(word, wanted);
    assert_true(word == NULL && wanted == NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_folder_is_complete),
        cmocka_unit_test(what_is_missing_is_noticed),
        cmocka_unit_test(every_file_plays_alone_and_a_small_book),
        cmocka_unit_test(the_small_book_is_paid_by_the_venues_rule),
        cmocka_unit_test(the_default_is_the_argued_one),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
