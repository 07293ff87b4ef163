/* run_facts.c - what a venue does not know of itself: names, units, rules in words, measured figures. */
#include "app/run.h"

#include <stdlib.h>
#include <string.h>

#include "story/session.h"

static int64_t nano_of(bw_story_unit unit)
{
    int64_t nano = unit.mantissa;
    for (int32_t e = unit.exponent; e > -9 && nano < INT64_MAX / 10; e--)
        nano *= 10;
    return nano;
}

static void fill_markets(const app_run *run, bw_metrics_market_facts *markets)
{
    const bw_story_book *names = &run->story->book;
    const app_world *world = &run->world;
    for (uint32_t i = 0; i < names->market_count; i++) {
        markets[i] = (bw_metrics_market_facts){.name = names->markets[i].name, .provenance = "",
                                               .tick_nano = nano_of(names->markets[i].tick),
                                               .measured_adl = -1, .measured_liquidated = -1};
        uint32_t m = i - world->play_params.market_first;
        if (!world->played || m >= world->market_count)
            continue;
        markets[i].provenance = run->drawn ? "drawn" : bw_provenance_word(world->markets[m].provenance);
        if (run->drawn)      /* nobody has measured what did not happen */
            continue;
        markets[i].measured_adl = world->markets[m].adl_notional;
        markets[i].measured_liquidated = world->markets[m].liquidated;
    }
}

/* Only of the one that the book holds a provenance is known. */
static void fill_collaterals(const app_run *run, bw_metrics_collateral_facts *collaterals)
{
    const bw_story_book *names = &run->story->book;
    const app_world *world = &run->world;
    for (uint32_t i = 0; i < names->collateral_count; i++) {
        bool held = world->played && app_run_has_collateral(run) && i == 0;
        collaterals[i] = (bw_metrics_collateral_facts){
            .asset = names->assets[names->collaterals[i].command.asset].name,
            .provenance = held && run->drawn ? "drawn" : held ? bw_provenance_word(world->markets[world->market_count].provenance) : ""};
        if (!app_run_nano_of(names->collaterals[i].tick, &collaterals[i].tick_nano))
            collaterals[i].tick_nano = 0;
    }
}

static void put_list(char *text, size_t size, const char *word)
{
    size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%s", used > 0 ? " | " : "", word);
}

static const char *choice_of(const bw_story_setting *settings, const char *word, uint8_t choice)
{
    for (; settings->word != NULL; settings++)
        if (strcmp(settings->word, word) == 0 && settings->choices != NULL)
            return settings->choices[choice];
    return "";
}

static void describe_layer(const bw_money_layer *layer, char *text, size_t size)
{
    const char *name = bw_story_layer_words[layer->kind];
    if (layer->kind == BW_LAYER_DELEVERAGED)
        snprintf(text, size, "%s price %s", name, choice_of(bw_story_settings_of_deleveraged, "price", layer->price));
    else if (layer->kind == BW_LAYER_HAIRCUT)
        snprintf(text, size, "%s base %s", name, choice_of(bw_story_settings_of_haircut, "base", layer->base));
    else
        snprintf(text, size, "%s", name);
}

/* "quantity book | adl score pnl; money fund | deleveraged price zero | carryover" */
void app_run_rules(const bw_command_pool *pool, char *text, size_t size)
{
    char list[384] = "", entry[64];
    for (int i = 0; i < 3 && pool->quantity[i] != BW_QUANTITY_END; i++)
        put_list(list, sizeof list, bw_story_quantity_words[pool->quantity[i]]);
    snprintf(text, size, "quantity %s score %s; money ", list,
             choice_of(bw_story_settings_of_adl, "score", pool->adl_score));
    list[0] = 0;
    for (int i = 0; i < pool->money_count; i++) {
        describe_layer(&pool->money[i], entry, sizeof entry);
        put_list(list, sizeof list, entry);
    }
    size_t used = strlen(text);
    snprintf(text + used, size - used, "%s", list);
}

bool app_run_describe(const app_run *run, const char *file, app_run_facts *told)
{
    const bw_story_book *names = &run->story->book;
    told->pools = calloc(names->pool_count + 1u, sizeof *told->pools);
    told->markets = calloc(names->market_count + 1u, sizeof *told->markets);
    told->measured = calloc(run->world.measured_count + 1u, sizeof *told->measured);
    told->collaterals = calloc(names->collateral_count + 1u, sizeof *told->collaterals);
    if (told->pools == NULL || told->markets == NULL || told->measured == NULL || told->collaterals == NULL)
        return false;
    for (uint32_t i = 0; i < names->pool_count; i++) {
        const bw_story_asset *asset = &names->assets[names->pools[i].command.asset];
        told->pools[i] = (bw_metrics_pool_facts){names->pools[i].name, asset->name, asset->decimals};
    }
    fill_markets(run, told->markets);
    fill_collaterals(run, told->collaterals);
    for (uint32_t i = 0; i < run->world.measured_count; i++) {
        const bw_measured_fact *fact = &run->world.measured[i];
        told->measured[i] = (bw_metrics_measured){fact->metric, fact->unit, fact->value, fact->source};
    }
    app_run_rules(&names->pools[0].command, told->rules, sizeof told->rules);
    int used = snprintf(told->reproduce, sizeof told->reproduce, "breakwater run %s", file);
    if (run->world.generated)
        snprintf(told->reproduce + used, sizeof told->reproduce - (size_t)used, " --accounts %u --seed %llu",
                 run->world.book_params.account_count, (unsigned long long)run->world.book_params.seed);
    if (run->fund_text != NULL) {
        size_t length = strlen(told->reproduce);
        snprintf(told->reproduce + length, sizeof told->reproduce - length, " --fund %s", run->fund_text);
    }
    const bw_play_stats *stats = run->world.play != NULL ? &run->world.play->stats : NULL;
    if (stats != NULL && run->world.play_params.runs.enabled)
        told->runs = (bw_metrics_runs){stats->runs, stats->runs_withdrawn, stats->runs_closed};
    told->facts = (bw_metrics_facts){
        .title = run->title[0] ? run->title : file, .reproduce = told->reproduce, .rules = told->rules,
        .notes = run->notes != NULL ? run->notes : "",
        .seed = run->world.generated ? run->world.book_params.seed : run->seed == APP_RUN_GIVEN ? 0 : run->seed,
        .partial = app_interrupted != 0, .pools = told->pools, .markets = told->markets,
        .collaterals = told->collaterals, .measured = told->measured,
        .measured_count = run->drawn ? 0 : run->world.measured_count,
        .runs = stats != NULL && run->world.play_params.runs.enabled ? &told->runs : NULL};
    return true;
}

void app_run_forget(app_run_facts *told)
{
    free(told->pools);
    free(told->markets);
    free(told->measured);
    free(told->collaterals);
}
