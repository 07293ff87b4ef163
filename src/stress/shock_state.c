/* shock_state.c - the overlay: accounts that a scenario changes, and the holders' lists that they leave. */
#include "stress/shock_work.h"

#include "money/money.h"

#include <string.h>

/* ---------------------------------------------------------------------------------------------------- entries */

int64_t bw_shock_entry_equity(const bw_shock *shock, const shock_entry *entry)
{
    int64_t equity = entry->balance;
    for (uint32_t i = entry->first; i < entry->first + entry->count; i++)
        equity += bw_shock_upnl(shock, &shock->position[shock->order[i]]);
    return equity;
}

int64_t bw_shock_entry_health(const bw_shock *shock, const shock_entry *entry, int64_t *mm)
{
    *mm = 0;
    for (uint32_t i = entry->first; i < entry->first + entry->count; i++) {
        const shock_position *at = &shock->position[shock->order[i]];
        if (at->size)
            *mm += bw_mm(shock->venue, at->market, bw_abs(at->size * shock->unit[at->market]));
    }
    return bw_shock_entry_equity(shock, entry);
}

static void position_enter(bw_shock *shock, uint32_t entry, const shock_lot *lot)
{
    uint32_t number = ++shock->position_count, side = 2u * lot->market + bw_side_of(lot->size);
    shock->position[number] = (shock_position){
        .size = lot->size, .cost = shock->cost[lot->place], .place = lot->place, .entry = entry, .market = lot->market,
        .side = (uint8_t)(side % 2u), .next_of_side = shock->side_first[side]};
    shock->side_first[side] = number;
    shock->order[number - 1u] = number;
    shock->place_bits[lot->place / 64u] |= UINT64_C(1) << lot->place % 64u;
}

/* What the account paid in this round without an entry is booked in its entry. */
static void light_settle(bw_shock *shock, uint32_t number)
{
    shock_entry *entry = &shock->entry[number];
    uint32_t account = entry->account, last = shock->payer[--shock->payer_count];
    bw_shock_touch(shock, number);
    for (uint32_t i = entry->first; i < entry->first + entry->count; i++) {
        shock_position *at = &shock->position[shock->order[i]];
        int64_t cut = shock->place_cut[at->place];
        if (cut == 0)
            continue;
        bw_shock_shadow_take(shock, shock->order[i]);
        at->charged = cut;
        at->cost += cut;
        shock->place_cut[at->place] = 0;               /* and stays in the list of cuts */
    }
    entry->balance -= shock->light[account].balance_cut;
    entry->charged = entry->charged_round = shock->light[account].paid;
    entry->met |= 4u;
    shock->payer[shock->light[account].at - 1u] = last;
    shock->light[last].at = shock->light[account].at;
    shock->light[account] = (shock_light){0};
}

void bw_shock_light_pay(bw_shock *shock, uint32_t account, int64_t charge)
{
    if (shock->light[account].paid == 0) {
        shock->payer[shock->payer_count++] = account;
        shock->light[account].at = shock->payer_count;
        shock->outcome.haircut_accounts++;
    }
    shock->light[account].paid += charge;
}

void bw_shock_light_cut(bw_shock *shock, uint32_t place, int64_t charge)
{
    if (shock->place_cut[place] == 0 && charge)
        shock->cut[shock->cut_count++] = place;
    shock->place_cut[place] += charge;
}

uint32_t bw_shock_enter(bw_shock *shock, uint32_t account)
{
    if (shock->mark[account])
        return shock->mark[account] - 1u;
    uint32_t number = shock->entry_count++;
    shock_entry *entry = &shock->entry[number];
    *entry = (shock_entry){.account = account, .balance = shock->balance[account], .first = shock->position_count};
    for (uint32_t i = shock->head[account].first; i < shock->head[account].end; i++)
        position_enter(shock, number, &shock->lot[i]);
    entry->count = shock->position_count - entry->first;
    shock->mark[account] = number + 1u;
    if (shock->light[account].paid)
        light_settle(shock, number);
    return number;
}

void bw_shock_touch(bw_shock *shock, uint32_t number)
{
    shock_entry *entry = &shock->entry[number];
    if (entry->round == shock->round)
        return;
    entry->round = shock->round;
    shock->touched[shock->touched_count++] = number;
}

uint32_t bw_shock_position_at(const bw_shock *shock, uint32_t number, uint32_t place)
{
    const shock_entry *entry = &shock->entry[number];
    uint32_t i = entry->first;
    while (shock->position[shock->order[i]].place != place)
        i++;
    return shock->order[i];
}

void bw_shock_shadow_take(bw_shock *shock, uint32_t number)
{
    shock_position *at = &shock->position[number];
    if (at->shadowed)
        return;
    at->shadowed = 1;
    at->upnl_before = bw_shock_upnl(shock, at);
    at->size_before = at->size;
    at->next_shadow = 0;
    if (at->size == 0)
        return;
    shock_loss *loss = &shock->loss[2u * at->market + at->side];
    at->next_shadow = loss->shadow_first;
    loss->shadow_first = number;
}

/* --------------------------------------------------------------------------------------------- holders' lists */

static void note(bw_shock *shock, uint32_t place)
{
    shock->journal[shock->journal_count++] = place;
}

/* The list's last holder comes to the place of the one that leaves, as in the engine. */
static void holder_remove(bw_shock *shock, const shock_position *at)
{
    shock_side *side = &shock->side[2u * at->market + at->side];
    uint32_t slot = shock->slot[at->place], moved = shock->list[side->first + --side->live];
    note(shock, slot);
    note(shock, moved);
    shock->list[slot] = moved;
    shock->slot[moved] = slot;
}

void bw_shock_reduce(bw_shock *shock, uint32_t number, int64_t lots)
{
    shock_position *at = &shock->position[number];
    shock_entry *entry = &shock->entry[at->entry];
    int64_t size = bw_abs(at->size), closed = at->size < 0 ? -lots : lots;
    int64_t released = lots == size ? at->cost : bw_mul_div_zero(at->cost, lots, size);
    entry->balance += closed * shock->unit[at->market] - released;
    at->cost -= released;
    at->size -= closed;
    if (at->size == 0)
        holder_remove(shock, at);
}

void bw_shock_forget(bw_shock *shock)
{
    for (uint32_t i = 0; i < shock->journal_count; i += 2u) {
        shock->list[shock->journal[i]] = shock->journal[i];
        shock->slot[shock->journal[i + 1u]] = shock->journal[i + 1u];
    }
    for (uint32_t n = 1; n <= shock->position_count; n++)
        shock->place_bits[shock->position[n].place / 64u] = 0;
    for (uint32_t e = 0; e < shock->entry_count; e++)
        shock->mark[shock->entry[e].account] = 0;
    if (shock->entry_count)
        for (uint32_t i = 0; i < 2u * shock->markets; i++) {
            shock->side[i].live = shock->side[i].count;
            shock->side_first[i] = 0;
        }
    for (uint32_t i = 0; i < shock->payer_count; i++)
        shock->light[shock->payer[i]] = (shock_light){0};
    for (uint32_t i = 0; i < shock->cut_count; i++)
        shock->place_cut[shock->cut[i]] = 0;
    shock->cut_count = 0;
    shock->journal_count = shock->entry_count = shock->position_count = shock->payer_count = 0;
}
