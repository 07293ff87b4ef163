#include "app/variants.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "story/session.h"

enum { FUND, DEPTH, VOLATILITY, JUMPS, JUMP_BETA, CORRELATION, MARGIN, LEVERAGE, FEE, POLICY, ORDER_LIFE };

const app_variant APP_SENSITIVITIES[] = {
    {"fund +10%", FUND, 1.1}, {"fund -10%", FUND, .9},
    {"depth and volume x 2", DEPTH, 2}, {"depth and volume x 1/2", DEPTH, .5},
    {"volatility x 1.5", VOLATILITY, 1.5}, {"volatility x 2/3", VOLATILITY, 2. / 3},
    {"common jumps x 2", JUMPS, 2}, {"common jumps x 1/2", JUMPS, .5},
    {"jump betas x 1.5", JUMP_BETA, 1.5}, {"jump betas x 2/3", JUMP_BETA, 2. / 3},
    {"correlation +0.1", CORRELATION, .1}, {"correlation -0.1", CORRELATION, -.1},
    {"maintenance margin x 1.25", MARGIN, 1.25}, {"maintenance margin x 0.8", MARGIN, .8},
    {"leverage x 1.1", LEVERAGE, 1.1}, {"leverage x 0.9", LEVERAGE, .9},
    {"liquidation fee +0.5%", FEE, 5000},
    {"ADL by profit x leverage", POLICY, BW_SCORE_PNL_X_LEVERAGE},
    {"orders live 60 s", ORDER_LIFE, 60},
    {NULL, 0, 0},
};

/* ---- the price model ---- */

/* A market's diffusion keeps its variance; the part of it that is the factor's grows so that correlations do by about `more`. */
static void correlate(bw_model_params *p, double more)
{
    for (uint32_t i = 0; i < p->market_count; i++) {
        bw_model_item *item = &p->item[i];
        double factor = item->beta * p->factor_sd, all = factor * factor + item->own_sd * item->own_sd;
        double part = all > 0 ? factor * factor / all + more : 0;
        part = part < 0 ? 0 : part > 1 ? 1 : part;
        if (all <= 0 || p->factor_sd <= 0)
            continue;
        item->beta = (item->beta < 0 ? -1 : 1) * sqrt(part * all) / p->factor_sd;
        item->own_sd = sqrt((1 - part) * all);
    }
}

static void scale_volatility(bw_model_params *p, double factor)
{
    p->factor_sd *= factor;
    for (uint32_t s = 0; s < BW_MODEL_SECTORS; s++)
        p->sector_sd[s] *= factor;
    for (uint32_t i = 0; i < p->market_count + p->collateral; i++)
        p->item[i].own_sd *= factor;
}

/* False: the variant is none of the model. */
static bool change_model(const app_variant *variant, bw_model_params *p)
{
    switch (variant->kind) {
    case VOLATILITY:
        scale_volatility(p, variant->factor);
        return true;
    case JUMPS:
        p->jumps *= variant->factor;
        return true;
    case JUMP_BETA:
        for (uint32_t i = 0; i < p->market_count + p->collateral; i++)
            p->item[i].jump_beta *= variant->factor;
        return true;
    case CORRELATION:
        correlate(p, variant->factor);
        return true;
    default:
        return false;
    }
}

static bw_story_result make_model(const app_paths *paths, bw_story *story, const app_variant *variant, app_variant_run *run)
{
    char fault[256], text[APP_RUN_TEXT];
    bw_model_params params = app_paths_model_params(paths);
    if (!change_model(variant, &params))
        return BW_STORY_DONE;
    if (bw_model_fault(&params, fault, sizeof fault) != NULL) {
        snprintf(text, sizeof text, "%s: %s", variant->name, fault);
        return bw_story_fail(story, BW_STORY_WRONG, text);
    }
    void *memory = calloc(1, bw_model_footprint(&params));
    if (memory == NULL)
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for a price model");
    run->model = bw_model_new(memory, &params);
    run->draw = bw_draw_of_model(BW_DRAW_MODEL, run->model);
    run->jobs.source = &run->draw;
    return BW_STORY_DONE;
}

/* ---- the venue and its order book ---- */

static bw_command head_of(const bw_play *play, size_t size, bw_command_type type, uint64_t account)
{
    return (bw_command){.size = (uint32_t)size, .type = (uint16_t)type, .version = 1, .time_ns = play->time_ns, .account = account};
}

static bool change_fund(app_run *run, double factor)
{
    bw_pool_view pool;
    return !bw_pool_get(run->story->venue, run->world.play->params.pool, &pool) ||
           app_run_fund(run, (int64_t)((double)pool.fund * (factor - 1)));
}

static void change_depth(bw_play *play, double factor)
{
    for (uint32_t m = 0; m < play->params.market_count; m++) {
        bw_liquidity_params *book = &play->params.liquidity[m];
        book->depth *= factor;
        book->volume_daily *= factor;
        play->liquidity[m].params = *book;
    }
}

static bool change_margin(bw_play *play, double factor)
{
    for (uint32_t m = 0; m < play->params.market_count; m++) {
        const bw_market_facts *facts = &play->markets[m];
        bw_command_brackets c = {.header = head_of(play, sizeof c, BW_COMMAND_BRACKETS, 0),
                                 .market = (uint16_t)(play->params.market_first + m), .count = (uint16_t)facts->bracket_count};
        for (uint32_t i = 0; i < facts->bracket_count; i++) {
            double rate = (double)facts->bracket[i].maintenance_ppm * factor;
            double initial = (double)facts->bracket[i].initial_ppm;
            c.brackets[i] = (bw_bracket){facts->bracket[i].floor, (uint32_t)facts->bracket[i].initial_ppm,
                                         (uint32_t)(rate < initial ? rate : initial)};
        }
        if (!bw_play_send(play, &c.header, c.market))
            return false;
    }
    return true;
}

/* Every trader's equity is divided by the factor: paid in, or taken out as far as his initial margin allows. */
static bool change_leverage(bw_play *play, const bw_venue *venue, double factor)
{
    for (uint32_t i = 0; i < play->book->account_count; i++) {
        bw_account_view view;
        uint64_t id = play->params.user_first + i;
        if (!bw_account_get(venue, id, &view) || view.position_count == 0 || view.equity <= 0)
            continue;
        int64_t more = (int64_t)((double)view.equity / factor) - view.equity;
        if (more > 0) {
            bw_command_deposit c = {.header = head_of(play, sizeof c, BW_COMMAND_DEPOSIT, id), .asset = play->params.asset, .amount = more};
            if (!bw_play_send(play, &c.header, BW_NONE16))
                return false;
        }
        more = -more < view.withdrawable ? -more : view.withdrawable;
        if (more > 0 && factor > 1) {
            bw_command_withdraw c = {.header = head_of(play, sizeof c, BW_COMMAND_WITHDRAW, id), .asset = play->params.asset, .amount = more};
            if (!bw_play_send(play, &c.header, BW_NONE16))
                return false;
        }
    }
    return true;
}

static bool change_rules(bw_play *play, const bw_story *story, const app_variant *variant)
{
    bw_command_pool c = story->book.pools[play->params.pool].command;
    c.header = head_of(play, sizeof c, BW_COMMAND_POOL, 0);
    if (variant->kind == FEE)
        c.liquidation_fee_ppm += (uint32_t)variant->factor;
    else if (variant->kind == POLICY)
        c.adl_score = (uint8_t)variant->factor;
    else
        c.order_life_ns = (int64_t)(variant->factor * 1e9);
    return bw_play_send(play, &c.header, BW_NONE16);
}

static bool change_venue(app_run *run, const bw_story *story, const app_variant *variant)
{
    bw_play *play = run->world.play;
    switch (variant->kind) {
    case FUND:
        return change_fund(run, variant->factor);
    case DEPTH:
        change_depth(play, variant->factor);
        return true;
    case MARGIN:
        return change_margin(play, variant->factor);
    case LEVERAGE:
        return change_leverage(play, story->venue, variant->factor);
    case FEE:
    case POLICY:
    case ORDER_LIFE:
        return change_rules(play, story, variant);
    default:
        return true;
    }
}

/* ---- playing ---- */

static bw_story_result play_screened(app_paths *paths, bw_story *story, app_variant_run *run)
{
    app_screen *bounds = &run->bounds;
    app_jobs *jobs = &run->jobs;
    bw_bound_params params;
    bw_story_result result = BW_STORY_DONE;
    *bounds = (app_screen){.count = paths->count, .source = jobs->source};
    app_screen_params(paths, story, &params);
    jobs->count = paths->count;
    if (paths->shock.asked)
        result = app_one_shock_read(paths, story);
    if (result == BW_STORY_DONE && bw_bound_fault(&params) == NULL) {
        result = app_screen_make(paths, story, bounds);
        if (result == BW_STORY_DONE)
            result = app_screen_run(paths, story, bounds);
        if (result == BW_STORY_DONE && !app_screen_choose(bounds, 0, 0, 0))
            result = bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the paths");
        jobs->list = bounds->list;
        jobs->count = bounds->listed;
    }
    if (result == BW_STORY_DONE && !app_jobs_make(jobs))
        result = bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the paths");
    return result == BW_STORY_DONE ? app_paths_play(paths, story, jobs) : result;
}

bw_story_result app_variant_play(app_paths *paths, bw_story *story, const app_variant *variant, app_variant_run *run)
{
    app_run *host = &paths->run;
    app_snapshot base = paths->snapshot;
    *run = (app_variant_run){.jobs = {.what = variant != NULL ? variant->name : "as it is"}};
    run->refused = paths->shock.asked && variant != NULL && (variant->kind == DEPTH || variant->kind == ORDER_LIFE);
    if (run->refused)                    /* one shock has no order book */
        return BW_STORY_DONE;
    bw_story_result result = variant != NULL ? make_model(paths, story, variant, run) : BW_STORY_DONE;
    if (result != BW_STORY_DONE || variant == NULL || run->model != NULL)
        return result == BW_STORY_DONE ? play_screened(paths, story, run) : result;
    if (!change_venue(host, story, variant)) {
        run->refused = host->world.play->trouble.command != 0;
        app_snapshot_restore(&base, &host->sources);
        return run->refused ? BW_STORY_DONE : app_run_stopped(host, story);
    }
    if (!app_snapshot_take(&paths->snapshot, &host->sources)) {
        paths->snapshot = base;
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for a changed book");
    }
    result = play_screened(paths, story, run);
    char message[APP_RUN_TEXT];
    snprintf(message, sizeof message, "%s", result != BW_STORY_DONE ? bw_story_message(story) : "");
    app_snapshot_free(&paths->snapshot);
    paths->snapshot = base;
    if (!app_snapshot_return(&base, &host->sources))
        return BW_STORY_SYSTEM;
    return result == BW_STORY_DONE ? result : bw_story_fail(story, result, message);
}

bw_story_result app_variant_draw(app_paths *paths, bw_story *story, const bw_draw *draw, app_variant_run *run)
{
    *run = (app_variant_run){.draw = *draw, .jobs = {.what = bw_draw_word(draw->kind)}};
    run->jobs.source = &run->draw;
    return play_screened(paths, story, run);
}

void app_variant_free(app_variant_run *run)
{
    app_jobs_free(&run->jobs);
    app_screen_free(&run->bounds);
    free(run->model);
    run->model = NULL;
}

bw_paired app_variant_compare(const app_paths *paths, const char *name, const app_variant_run *base, const app_variant_run *run)
{
    return bw_paired_of(name, (bw_paired_run){base->jobs.outcomes, base->jobs.list, base->jobs.done},
                        (bw_paired_run){run->jobs.outcomes, run->jobs.list, run->jobs.done}, paths->count);
}
