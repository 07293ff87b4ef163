/* trial.c - see trial.h: accounts, markets and the state that a refused event is put back to. */
#include "conform/trial.h"

#include "base/mix.h"

#include <stdlib.h>
#include <string.h>

/* How many texts a tree holds: no event can name more accounts. */
static uint32_t texts_in(const bw_json *at)
{
    uint32_t texts = 0;
    void *cursor = NULL;
    bw_json member;
    if (bw_json_kind_of(at) == BW_JSON_STRING)
        return 1;
    if (bw_json_kind_of(at) == BW_JSON_ARRAY)
        for (uint32_t n = 0; n < bw_json_count(at); n++) {
            bw_json item = bw_json_item(at, n);
            texts += texts_in(&item);
        }
    while (bw_json_kind_of(at) == BW_JSON_OBJECT && bw_json_next(at, &cursor, &member))
        texts += texts_in(&member);
    return texts;
}

static uint32_t slot_of(const bw_trial *trial, const char *id)
{
    uint64_t hash = 1;
    for (; *id != 0; id++)
        hash = bw_mix_pair_u64(hash, (unsigned char)*id);
    return (uint32_t)hash & trial->slot_mask;
}

/* A slot of a party that a refused event took back is free again, and does not end a search. */
static bool is_live(const bw_trial *trial, uint32_t slot)
{
    return trial->party_slots[slot] != 0 && trial->party_slots[slot] <= trial->now.party_count;
}

static bw_party *party_add(bw_trial *trial, const char *id)
{
    BW_ASSERT(trial->now.party_count < trial->party_room);
    uint32_t slot = slot_of(trial, id);
    while (is_live(trial, slot))
        slot = (slot + 1u) & trial->slot_mask;
    trial->party_slots[slot] = trial->now.party_count + 1u;
    bw_party *party = &trial->parties[trial->now.party_count++];
    *party = (bw_party){.id = id, .rate = {bw_amount_of(0), bw_amount_of(1)}};
    return party;
}

static bw_party *party_find(bw_trial *trial, const char *id)
{
    for (uint32_t slot = slot_of(trial, id); trial->party_slots[slot] != 0; slot = (slot + 1u) & trial->slot_mask) {
        bw_party *party = &trial->parties[trial->party_slots[slot] - 1u];
        if (is_live(trial, slot) && strcmp(party->id, id) == 0)
            return party;
    }
    return NULL;
}

bw_party *bw_trial_party_named(bw_trial *trial, const bw_json *name, bool open)
{
    const char *id = bw_json_string(name);
    bw_party *party = id != NULL ? party_find(trial, id) : NULL;
    if (id == NULL)
        bw_trial_wrong(trial, name, "the id of an account");
    else if (party == NULL && open)
        party = party_add(trial, id);
    else if (party == NULL)
        bw_trial_wrong(trial, name, "the id of an account of the case");
    return party != NULL ? party : &trial->parties[trial->party_room];
}

bw_party *bw_trial_party(bw_trial *trial, const bw_json *from, const char *key)
{
    bw_json name = bw_json_get(from, key);
    return bw_trial_party_named(trial, &name, false);
}

bw_party *bw_trial_party_open(bw_trial *trial, const bw_json *from, const char *key)
{
    bw_json name = bw_json_get(from, key);
    return bw_trial_party_named(trial, &name, true);
}

static uint32_t market_find(const bw_trial *trial, const char *name)
{
    uint32_t market = 0;
    while (market < trial->market_count && strcmp(trial->markets[market].name, name) != 0)
        market++;
    return market;
}

uint32_t bw_trial_market_of(bw_trial *trial, const bw_json *from, const char *key)
{
    bw_json name = bw_json_get(from, key);
    const char *text = bw_json_string(&name);
    uint32_t market = text != NULL ? market_find(trial, text) : trial->market_count;
    if (market < trial->market_count)
        return market;
    bw_trial_wrong(trial, &name, "a market of the case");
    return 0;
}

static void markets_read(bw_trial *trial)
{
    bw_json setting = bw_json_get(&trial->root, "market"), markets = bw_json_get(&setting, "markets"), at;
    void *cursor = NULL;
    if (bw_json_kind_of(&markets) == BW_JSON_NOTHING)
        return;
    if (bw_json_kind_of(&markets) != BW_JSON_OBJECT || bw_json_count(&markets) > BW_TRIAL_MARKETS)
        bw_trial_wrong(trial, &markets, "an object of at most 16 markets");
    while (trial->market_count < BW_TRIAL_MARKETS && bw_json_next(&markets, &cursor, &at)) {
        bw_trial_market *market = &trial->markets[trial->market_count++];
        market->name = at.key;
        market->is_priced = true;
        market->price = bw_trial_get_ratio(trial, &at, "price");
        market->mm_ppm = bw_trial_get_ppm(trial, &at, "maintenance_margin_ppm");
        market->im_ppm = bw_trial_has(&at, "initial_margin_ppm") ? bw_trial_get_ppm(trial, &at, "initial_margin_ppm")
                                                                 : market->mm_ppm;
    }
}

static void positions_read(bw_trial *trial, const bw_json *account, bw_party *party)
{
    bw_json positions = bw_json_get(account, "positions"), at;
    void *cursor = NULL;
    if (bw_json_kind_of(&positions) == BW_JSON_NOTHING)
        return;
    if (bw_json_kind_of(&positions) != BW_JSON_OBJECT)
        bw_trial_wrong(trial, &positions, "an object of positions");
    while (bw_json_next(&positions, &cursor, &at)) {
        uint32_t market = market_find(trial, at.key);
        if (market == BW_TRIAL_MARKETS) {
            bw_trial_wrong(trial, &at, "positions in at most 16 markets");
            return;
        }
        if (market == trial->market_count)
            trial->markets[trial->market_count++] = (bw_trial_market){.name = at.key, .price.den = bw_amount_of(1)};
        party->position[market] = bw_trial_get(trial, &positions, at.key);
    }
}

/* Every field that some kind's accounts have; what a kind needs and is missing counts as 0. */
static void party_read(bw_trial *trial, const bw_json *account)
{
    const bw_amount none = bw_amount_of(0);
    const char *id = bw_trial_get_word(trial, account, "id");
    bw_json name = bw_json_get(account, "id");
    if (party_find(trial, id) != NULL)
        bw_trial_wrong(trial, &name, "an id that no other account has");
    bw_party *party = party_add(trial, id);
    party->is_wide = bw_trial_has(account, "open_notional");
    if (party->is_wide) {
        party->wide_cash = bw_trial_get_wide(trial, account, "cash");
        party->open_notional = bw_trial_get_wide(trial, account, "open_notional");
        return;
    }
    const struct { const char *key; bw_amount *to; } fields[] = {
        {"cash", &party->cash}, {"qty", &party->qty}, {"cost", &party->cost}, {"capital", &party->capital},
        {"pnl", &party->pnl}, {"matured", &party->matured}, {"principal", &party->principal},
        {"realized", &party->realized}, {"claim", &party->claim}, {"face", &party->face}, {"paid", &party->paid},
        {"quote", &party->quote}, {"index_at", &party->index_at}, {"entry_loss", &party->entry_loss},
        {"entry_price", &party->entry_price},
    };
    for (uint32_t n = 0; n < sizeof fields / sizeof fields[0]; n++)
        *fields[n].to = bw_trial_get_or(trial, account, fields[n].key, none);
    if (bw_trial_has(account, "rate"))
        party->rate = bw_trial_get_ratio(trial, account, "rate");
    positions_read(trial, account, party);
}

/* The first of the words, each followed by a blank, that is no key of the object; words end at '|' or the end. NULL: none.
   Copied to `key`; *rest: behind the words. */
static const char *key_missing(const bw_json *object, const char *words, char *key, size_t size, const char **rest)
{
    const char *missing = NULL;
    while (*words != 0 && *words != '|') {
        size_t length = strcspn(words, " ");
        char word[64];
        BW_ASSERT(length < sizeof word && length < size);
        memcpy(word, words, length);
        word[length] = 0;
        if (missing == NULL && !bw_trial_has(object, word))
            missing = memcpy(key, word, length + 1);
        words += length + 1;
    }
    *rest = *words == '|' ? words + 1 : words;
    return missing;
}

void bw_trial_need(bw_trial *trial, const char *keys)
{
    char key[64];
    if (key_missing(&trial->initial, keys, key, sizeof key, &keys) == NULL)
        return;
    bw_json at = bw_json_get(&trial->initial, key);
    bw_trial_wrong(trial, &at, "what the event needs");
}

/* Wrong is the first field missing of the last form of which the account has some field besides its id. */
static void form_check(bw_trial *trial, const bw_json *account, const char *forms)
{
    char key[64], missing[64] = "";
    while (*forms != 0) {
        const char *form = forms;
        if (key_missing(account, form, key, sizeof key, &forms) == NULL)
            return;
        bool begun = bw_trial_has(account, "id") && strncmp(form, key, strlen(key)) != 0;
        if (missing[0] == 0 || begun)
            memcpy(missing, key, sizeof missing);
    }
    bw_json at = bw_json_get(account, missing);
    bw_trial_wrong(trial, &at, "a field of the account");
}

static void parties_read(bw_trial *trial, const bw_kind *kind)
{
    bw_json accounts = bw_json_get(&trial->initial, "accounts");
    if (bw_json_kind_of(&accounts) == BW_JSON_NOTHING)
        return;
    if (bw_json_kind_of(&accounts) != BW_JSON_ARRAY)
        bw_trial_wrong(trial, &accounts, "an array of accounts");
    for (uint32_t n = 0; n < bw_json_count(&accounts) && bw_json_kind_of(&accounts) == BW_JSON_ARRAY; n++) {
        bw_json account = bw_json_item(&accounts, n);
        if (bw_json_kind_of(&account) != BW_JSON_OBJECT)
            bw_trial_wrong(trial, &account, "an account");
        if (kind->account_forms != NULL)
            form_check(trial, &account, kind->account_forms);
        party_read(trial, &account);
    }
}

bool bw_trial_begin(bw_trial *trial, const bw_kind *kind)
{
    bw_json accounts = bw_json_get(&trial->initial, "accounts");
    trial->party_room = bw_json_count(&accounts) + texts_in(&trial->events) + 1;
    uint32_t room = trial->party_room + 1;   /* the last one stands for an account that is not there */
    trial->parties = calloc(3u * (size_t)room, sizeof *trial->parties);
    trial->slot_mask = 63;
    while (trial->slot_mask < 2u * room)   /* texts name each party once at least: half stay free whatever is taken back */
        trial->slot_mask = 2u * trial->slot_mask + 1u;
    trial->party_slots = calloc(trial->slot_mask + (size_t)1, sizeof *trial->party_slots);
    if (trial->parties == NULL || trial->party_slots == NULL)
        return false;
    trial->parties_before = trial->parties + room;
    trial->parties_first = trial->parties_before + room;
    trial->parties[trial->party_room] = (bw_party){.id = "", .rate = {bw_amount_of(0), bw_amount_of(1)}};
    markets_read(trial);
    parties_read(trial, kind);
    kind->begin(trial);
    trial->first = trial->now;
    memcpy(trial->parties_first, trial->parties, trial->now.party_count * sizeof *trial->parties);
    return true;
}

void bw_trial_reset(bw_trial *trial)
{
    trial->now = trial->first;
    memcpy(trial->parties, trial->parties_first, trial->now.party_count * sizeof *trial->parties);
}
