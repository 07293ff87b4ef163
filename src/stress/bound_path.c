/* bound_path.c - one path's extremes against the thresholds. */
#include <math.h>
#include <string.h>

#include "base/assert.h"
#include "stress/bound_state.h"
#include "world/real.h"

enum { ROUNDS_MAX = 64, SOLVE_MAX = 60 };

/* What prices and liquidations come to, all relative to the opening. */
typedef struct {
    double fall[BW_BOUND_ITEMS], rise[BW_BOUND_ITEMS];   /* ln: most that liquidations move the price down, up */
    double adverse[BW_BOUND_SIDES];     /* worst move against a position of the side */
    double step[BW_BOUND_SIDES];        /* worst from one step to the next, but for the events */
    uint32_t event_count;
    double event_step[BW_BOUND_EVENTS][BW_BOUND_SIDES], event_adverse[BW_BOUND_EVENTS][BW_BOUND_SIDES];
    double slip[BW_BOUND_SIDES];
    double tick[BW_BOUND_ITEMS];        /* rounding of a price */
    double range[BW_BOUND_ITEMS];       /* highest less lowest price */
    double highest[BW_BOUND_ITEMS];     /* over the opening price */
    double sold[BW_BOUND_SIDES];        /* Q: notional of those who may be liquidated, at the opening marks */
} state;

typedef struct {
    const bw_bound *bound;
    const bw_bound_moves *moves;
    double step_days;
} question;

/* ------------------------------------------------------------------------------------------------------------- prices */

static double last(const double *records, uint32_t count)
{
    return count > 0 ? records[count - 1] : 0;
}

/* The book's least share of its normal depth, when no step of the price is larger than this. */
static double thinnest(const bw_liquidity_params *book, double step, double step_days)
{
    double realised = step / sqrt(step_days);
    if (realised <= book->volatility)
        return 1;
    double thin = bw_real_power(book->volatility / realised, book->thin_exponent);
    return thin > book->thin_floor ? thin : book->thin_floor;
}

/* ln of the price at most, without the permanent part, after so much was taken of one side. */
static double moved_by(const bw_liquidity_params *book, double thin, double notional)
{
    if (!(notional > 0))
        return 0;
    if (book->execution == BW_EXECUTION_ONE_ORDER)
        return .01 * bw_real_power(notional / (book->depth * thin), 1 / book->sweep_exponent);
    return book->impact * book->volatility * bw_real_power(notional / (book->volume_daily * thin), book->impact_exponent);
}

static double impact(const bw_liquidity_params *book, double thin, double notional)
{
    if (!(notional > 0))
        return 0;
    double permanent = book->permanent * book->volatility * notional / book->volume_daily;
    return book->mark_share * (moved_by(book, thin, notional) + permanent);
}

/* What liquidations move the price of a market at most. What was bought is worth more the higher the price is, and the larger
   the steps, the thinner the book: repeated until what is assumed is no less than what follows. */
static double solve_impact(const question *q, uint32_t m, state *at)
{
    const bw_bound *bound = q->bound;
    const bw_liquidity_params *book = &bound->liquidity[m];
    const bw_bound_moves *moves = &q->moves[m];
    double high = last(moves->high, moves->high_count), thin = 1, fall = at->fall[m], rise = at->rise[m];      /* of less sold */
    if (!(at->sold[2 * m] > 0) && !(at->sold[2 * m + 1] > 0))
        return thin;
    for (uint32_t i = 0; i < SOLVE_MAX; i++) {
        double top = bw_real_exp(high + rise) * (1 + 1e-9) / 1e6;
        thin = thinnest(book, fmax(moves->fall, moves->rise) + fall + rise + 1 / bound->mark_ticks[m], q->step_days);
        double fell = impact(book, thin, at->sold[2 * m] * top), rose = impact(book, thin, at->sold[2 * m + 1] * top);
        if (!(fell < 10 && rose < 10))
            break;
        if (fell <= fall && rose <= rise) {
            at->fall[m] = fall;
            at->rise[m] = rise;
            return thin;
        }
        fall = fell > fall ? fell * (1 + 1e-3) : fall;
        rise = rose > rise ? rose * (1 + 1e-3) : rise;
    }
    at->fall[m] = at->rise[m] = INFINITY;
    return book->thin_floor;
}

/* Relative distance of the last lot from the mark when so much was taken from one side of the book and so much from the other, one
   tick more. Where a price is that of the order's own impact, the mark may stand on the other side of it. */
static double slip_of(const bw_bound *bound, uint32_t m, double sold, double other, double highest, double thin)
{
    const bw_liquidity_params *book = &bound->liquidity[m];
    if (!(sold > 0) || !(highest < INFINITY))
        return sold > 0 ? bound->rho[m] * highest : 0;
    double slip = book->execution == BW_EXECUTION_BOOK
                      ? .01 * bw_real_power(sold * highest / 1e6 / (book->depth * thin), 1 / book->sweep_exponent)
                      : moved_by(book, thin, sold * highest / 1e6) + moved_by(book, thin, other * highest / 1e6);
    slip += 1 / bound->mark_ticks[m];
    slip = slip > bound->discount ? slip : bound->discount;
    return (slip < bound->rho[m] ? slip : bound->rho[m]) * highest;
}

/* Relative to the opening: how far below it a price is that is `down` (ln) lower, how far above one that is `up` higher. */
static double below(double down, double tick)
{
    double d = (down < 50 ? 1 - bw_real_exp(-down) : 1) + tick;
    return d < 1 ? d : 1;
}

static double above(double up, double tick)
{
    return up < 50 ? bw_real_exp(up) - 1 + tick : INFINITY;
}

/* What steps take from positions of the item's sides: read by the scan alone. */
static void steps_of(const bw_bound_moves *moves, uint32_t i, double tick, state *at)
{
    double both = at->fall[i] + at->rise[i];
    at->step[2 * i] = below(moves->rest_fall + both, 2 * tick) * at->highest[i];
    at->step[2 * i + 1] = above(moves->rest_rise + both, 2 * tick) * at->highest[i];
    for (uint32_t k = 0; k < moves->event_count; k++) {
        at->event_step[k][2 * i] = below(moves->event_fall[k] + both, 2 * tick) * at->highest[i];
        at->event_step[k][2 * i + 1] = above(moves->event_rise[k] + both, 2 * tick) * at->highest[i];
        at->event_adverse[k][2 * i] = below(moves->event_low[k] + at->fall[i], tick);
        at->event_adverse[k][2 * i + 1] = above(moves->event_high[k] + at->rise[i], tick);
    }
}

static void prices_of(const question *q, bool steps, state *at)
{
    const bw_bound *bound = q->bound;
    at->event_count = q->moves[0].event_count;
    for (uint32_t i = 0; i < bound->items; i++) {
        const bw_bound_moves *moves = &q->moves[i];
        double thin = i < bound->market_count ? solve_impact(q, i, at) : 1, tick = .5 / bound->mark_ticks[i] + 1e-12;
        at->tick[i] = tick;
        at->adverse[2 * i] = below(last(moves->low, moves->low_count) + at->fall[i], tick);
        at->adverse[2 * i + 1] = above(last(moves->high, moves->high_count) + at->rise[i], tick);
        at->highest[i] = 1 + at->adverse[2 * i + 1];
        at->range[i] = at->adverse[2 * i] + at->adverse[2 * i + 1];
        if (steps)
            steps_of(moves, i, tick, at);
        if (i >= bound->market_count)
            continue;
        at->slip[2 * i] = slip_of(bound, i, at->sold[2 * i], at->sold[2 * i + 1], at->highest[i], thin);
        at->slip[2 * i + 1] = slip_of(bound, i, at->sold[2 * i + 1], at->sold[2 * i], at->highest[i], thin);
    }
}

/* -------------------------------------------------------------------------------------------------------------- lists */

/* How many of the rising thresholds are below d. */
static uint64_t crossed(const double *rising, uint64_t count, double d)
{
    const double *at = rising;
    while (count > 0) {
        uint64_t half = count / 2;
        bool below = at[half] < d;
        at = below ? at + half + 1 : at;
        count = below ? count - half - 1 : half;
    }
    return (uint64_t)(at - rising);
}

/* Those who may be liquidated of one side's list join `sold`. Returns how many. */
static uint64_t cross_list(const bw_bound *bound, uint32_t kind, uint32_t side, double d, double *sold)
{
    const bw_bound_list *list = &bound->lists[kind][side];
    uint64_t n = crossed(bound->liquidation + list->first, list->count, d);
    if (n == 0)
        return 0;
    if (kind == BW_BOUND_ALONE)
        sold[side] += bound->liquidated[list->first + n - 1];
    else {
        const double *row = bound->parts + (list->part_first + (n + BW_BOUND_STRIDE - 1) / BW_BOUND_STRIDE) * bound->sides;
        for (uint32_t s = 0; s < bound->sides; s++)
            sold[s] += row[s];
    }
    return n;
}

/* d X(d) - Y(d). */
static double gap_list(const bw_bound *bound, uint32_t kind, uint32_t side, double d)
{
    const bw_bound_list *list = &bound->lists[kind][side];
    if (list->count == 0 || bound->gap[list->first] >= d)
        return 0;
    uint64_t n = crossed(bound->gap + list->first, list->count, d);
    double lost = d * bound->gap_notional[list->first + n - 1], own = bound->gap_share[list->first + n - 1];
    return lost - own + 1e-12 * (lost + fabs(own));
}

/* ------------------------------------------------------------------------------------------------------------- records */

/* Prices at which accounts of a side may be found bankrupt: those with `from[k]` <= h < from[k + 1] at a move of at most
   worst[k]; from[0] is below all. */
typedef struct {
    uint32_t count;
    double from[BW_BOUND_RECORDS + 2], worst[BW_BOUND_RECORDS + 1];
} records;

/* While the price stays above the path less what may have raised it, nobody with a larger h was bankrupt yet; the first new low
   beyond is the price at which he is found, less what may have lowered it. */
static void records_of(const question *q, const state *at, uint32_t side, records *r)
{
    uint32_t item = side / 2;
    const bw_bound_moves *moves = &q->moves[item];
    bool shorts = side % 2;
    const double *move = shorts ? moves->high : moves->low;
    uint32_t count = shorts ? moves->high_count : moves->low_count;
    double for_him = shorts ? at->fall[item] : at->rise[item], against = shorts ? at->rise[item] : at->fall[item];
    r->count = count > 0 ? count : 1;
    r->from[0] = -INFINITY;
    for (uint32_t k = 0; k < r->count; k++) {
        double z = count > 0 ? move[k] : 0, until = z - for_him;
        r->worst[k] = shorts ? above(z + against, at->tick[item]) : below(z + against, at->tick[item]);
        r->from[k + 1] = (shorts ? bw_real_exp(until) - 1 : 1 - bw_real_exp(-until)) - at->tick[item];
    }
    r->from[r->count] = INFINITY;
}

/* Sum of x max(worst - h, part (h + back)) over the entries first .. end - 1, h rising: the first term falls, the other rises. */
static double gap_between(const bw_bound *bound, const bw_bound_list *list, uint64_t first, uint64_t end, double worst,
                          double part, double back)
{
    const double *x = bound->gap_notional + list->first, *y = bound->gap_share + list->first;
    double turn = (worst - part * back) / (1 + part);
    uint64_t middle = first + crossed(bound->gap + list->first + first, end - first, turn);
    double x0 = first > 0 ? x[first - 1] : 0, y0 = first > 0 ? y[first - 1] : 0;
    double x1 = middle > 0 ? x[middle - 1] : 0, y1 = middle > 0 ? y[middle - 1] : 0;
    double x2 = end > 0 ? x[end - 1] : 0, y2 = end > 0 ? y[end - 1] : 0;
    return worst * (x1 - x0) - (y1 - y0) + part * ((y2 - y1) + back * (x2 - x1)) + 1e-12 * (worst + 1) * (x2 + fabs(y2));
}

/* Of those alone on a side: each is bankrupt at the first price beyond his h, or, after a part was closed, at one later. */
static double gap_records(const question *q, const state *at, uint32_t side)
{
    const bw_bound *bound = q->bound;
    const bw_bound_list *list = &bound->lists[BW_BOUND_ALONE][side];
    double part = 0, gap = 0, back = at->adverse[side ^ 1u];
    records r;
    uint64_t end = crossed(bound->gap + list->first, list->count, at->adverse[side]);
    if (end == 0)
        return 0;
    records_of(q, at, side, &r);
    for (uint32_t k = r.count; k-- > 0 && end > 0;) {
        uint64_t first = k > 0 ? crossed(bound->gap + list->first, end, r.from[k]) : 0;
        if (first < end)
            gap += gap_between(bound, list, first, end, r.worst[k], part, back);
        double size = (r.worst[k] - r.from[k]) / (r.from[k] + back);      /* of a later failure, over h + back */
        if (k > 0 && r.from[k] + back > 0 && size > part)
            part = size < 1 ? size : 1;
        else if (k > 0 && !(r.from[k] + back > 0))
            part = 1;
        end = first;
    }
    return gap;
}

/* --------------------------------------------------------------------------------------------------------------- scan */

/* Of one account the sum over its positions of notional x a number of their side. */
static double sum_of(const bw_bound *bound, const bw_bound_joint *joint, const double *of_side)
{
    double sum = 0;
    for (uint64_t p = joint[0].first; p < joint[1].first; p++)
        sum += bound->positions[p].notional * of_side[bound->positions[p].side];
    return sum;
}

/* Found bankrupt at a step: no more than what all moves until then come to beyond its equity, and no more than that step. */
static double gap_at(const bw_bound *bound, const bw_bound_joint *joint, const double *loss, const double *step)
{
    double lost = sum_of(bound, joint, loss), beyond = lost - joint->equity + 1e-12 * (lost + fabs(joint->equity));
    if (beyond <= 0)
        return 0;
    double one = sum_of(bound, joint, step) * (1 + 1e-12);
    return beyond < one ? beyond : one;
}

/* Those with several positions, one after the other: whether they may be liquidated, and their gaps. */
static uint64_t scan_joint(const bw_bound *bound, const state *at, double *sold, double *gap)
{
    double liquidation[BW_BOUND_SIDES], loss[1 + BW_BOUND_EVENTS][BW_BOUND_SIDES];
    uint64_t n = 0;
    for (uint32_t s = 0; s < bound->sides; s++) {
        liquidation[s] = s % 2 ? at->adverse[s] * (1 + bound->rho[s / 2]) : at->adverse[s];
        loss[0][s] = at->adverse[s] + at->slip[s];
        for (uint32_t k = 0; k < at->event_count; k++)
            loss[1 + k][s] = at->event_adverse[k][s] + at->slip[s];
    }
    for (uint64_t a = 0; a < bound->joint_count; a++) {
        const bw_bound_joint *joint = &bound->joint[a];
        if (sum_of(bound, joint, liquidation) * (1 + 1e-12) <= joint->slack)
            continue;
        n++;
        for (uint64_t p = joint[0].first; p < joint[1].first; p++)
            sold[bound->positions[p].side] += bound->positions[p].notional;
        double worst = gap_at(bound, joint, loss[0], at->step);
        for (uint32_t k = 0; k < at->event_count; k++) {
            double here = gap_at(bound, joint, loss[1 + k], at->event_step[k]);
            worst = here > worst ? here : worst;
        }
        *gap += worst;
    }
    return n;
}

/* ------------------------------------------------------------------------------------------------------- until it stands */

typedef enum { COARSE, RECORDS, SCAN } precision;

static uint64_t cross_all(const question *q, const state *at, precision how, double *sold, double *gap)
{
    const bw_bound *bound = q->bound;
    uint64_t n = 0;
    memset(sold, 0, sizeof(double[BW_BOUND_SIDES]));
    *gap = 0;
    for (uint32_t s = 0; s < bound->sides; s++) {
        n += cross_list(bound, BW_BOUND_ALONE, s, at->adverse[s], sold);
        *gap += how == COARSE ? gap_list(bound, BW_BOUND_ALONE, s, at->adverse[s]) : gap_records(q, at, s);
        if (how != SCAN) {
            n += cross_list(bound, BW_BOUND_JOINT, s, at->adverse[s], sold);
            *gap += gap_list(bound, BW_BOUND_JOINT, s, at->adverse[s] + at->slip[s]);
        }
    }
    if (how == SCAN)
        n += scan_joint(bound, at, sold, gap);
    for (uint32_t s = 0; s < bound->sides; s++)
        sold[s] = sold[s] < bound->all[s] ? sold[s] : bound->all[s];
    return n;
}

/* What those lack who took what was sold. */
static double takers_lack(const bw_bound *bound, const state *at, double gap)
{
    const bw_bound_takers *takers = &bound->takers;
    double lost = 0, margin = 0, all = 0;
    for (uint32_t i = 0; i < bound->items; i++) {
        double held = at->sold[2 * i] + at->sold[2 * i + 1];
        all += held;
        lost += held * at->range[i];
        margin += held * bound->rho[i] * at->highest[i];
    }
    if (all > 0 && (bound->unsafe || takers->makers_least - lost < margin))
        return INFINITY;
    lost += bound->backstop_pays ? gap : 0;
    if (all > 0 && takers->desks_margin > 0 && takers->desks_least - lost < margin)
        return INFINITY;
    return lost > takers->desks_least ? lost - takers->desks_least : 0;
}

static bw_bound_told settle(const question *q, precision how)
{
    const bw_bound *bound = q->bound;
    state at = {.sold = {0}};
    double next[BW_BOUND_SIDES], gap = 0;
    uint64_t before = 0, now;
    bw_bound_told told = {.scanned = how == SCAN};
    for (bool stands = false; !stands; told.rounds++) {
        if (told.rounds == ROUNDS_MAX)
            memcpy(at.sold, bound->all, sizeof at.sold);      /* all that there is: more cannot be sold */
        prices_of(q, how == SCAN, &at);
        now = cross_all(q, &at, how, next, &gap);
        stands = now == before || told.rounds == ROUNDS_MAX;
        if (told.rounds == 0)
            told.surrogate = gap;
        before = now;
        if (!stands)
            memcpy(at.sold, next, sizeof at.sold);
    }
    for (uint32_t s = 0; s < bound->sides; s++)
        told.liquidated += at.sold[s];
    told.gap = (gap + takers_lack(bound, &at, gap)) * (1 + 1e-9);
    if (!(told.gap < INFINITY))
        told.gap = INFINITY;
    return told;
}

bw_bound_told bw_bound_of(const bw_bound *bound, const bw_bound_moves *moves, int64_t step_ns, double enough)
{
    const question q = {bound, moves, (double)step_ns / (86400. * BW_NANO)};
    bw_bound_told told = {.gap = INFINITY};
    for (precision how = COARSE; how <= SCAN && !(told.gap <= enough); how++) {
        double before = told.gap;
        told = settle(&q, how);
        told.gap = told.gap < before ? told.gap : before;
    }
    return told;
}

/* ------------------------------------------------------------------------------------------------------------ one shock */

double bw_bound_of_shock(const bw_bound *bound, const double *log_move)
{
    double gap = 0;
    if (bound->unsafe)
        return INFINITY;
    for (uint32_t i = 0; i < bound->items; i++) {
        double x = log_move[i], tick = .5 / bound->mark_ticks[i] + 1e-12;
        for (uint32_t kind = 0; kind < BW_BOUND_KINDS; kind++) {      /* rounding may move a price against both sides */
            gap += gap_list(bound, kind, 2 * i, x < 0 ? below(-x, tick) : tick);
            gap += gap_list(bound, kind, 2 * i + 1, x > 0 ? above(x, tick) : tick);
        }
    }
    return gap < INFINITY ? gap * (1 + 1e-9) : INFINITY;
}

/* --------------------------------------------------------------------------------------------------------------- moves */

/* Small records stand for the next larger one: of three that follow each other the outer two are a tenth of all apart. */
static uint32_t thin_out(const double *all, uint32_t count, double *kept)
{
    uint32_t n = 0;
    double before = 0, apart = count > 0 ? all[count - 1] / 10 : 0;
    for (uint32_t k = 0; k < count; k++) {
        if (k + 1 < count && all[k + 1] - before <= apart)
            continue;
        BW_ASSERT(n < BW_BOUND_RECORDS);
        kept[n++] = before = all[k];
    }
    return n;
}

typedef struct {
    uint32_t count;
    double all[BW_BOUND_RECORDS * 16];
} rising;

/* When there are too many, every second one goes: it stands for less than the next, so that is safe. */
static void add_record(rising *r, double x)
{
    if (x <= (r->count > 0 ? r->all[r->count - 1] : 0))
        return;
    if (r->count == sizeof r->all / sizeof *r->all) {
        for (uint32_t k = 0; 2 * k + 1 < r->count; k++)
            r->all[k] = r->all[2 * k + 1];
        r->count /= 2;
    }
    r->all[r->count++] = x;
}

/* The steps with the largest sums of |moves|; ties: the earlier. Returns how many, in the order of time. */
static uint32_t find_events(const double *log_move, uint32_t step_count, uint32_t item_count, uint32_t *events)
{
    double size[BW_BOUND_EVENTS];
    uint32_t count = 0;
    for (uint32_t t = 0; t < step_count; t++) {
        double sum = 0;
        for (uint32_t i = 0; i < item_count; i++)
            sum += fabs(log_move[(size_t)t * item_count + i] - (t > 0 ? log_move[(size_t)(t - 1) * item_count + i] : 0));
        uint32_t least = 0;
        for (uint32_t k = 1; k < count; k++)
            least = size[k] < size[least] ? k : least;
        if (count == BW_BOUND_EVENTS && sum <= size[least])
            continue;
        uint32_t at = count < BW_BOUND_EVENTS ? count++ : least;
        for (; at + 1 < count && count == BW_BOUND_EVENTS && at < BW_BOUND_EVENTS - 1; at++) {
            size[at] = size[at + 1];
            events[at] = events[at + 1];
        }
        size[at] = sum;
        events[at] = t;
    }
    return count;
}

void bw_bound_moves_of(const double *log_move, uint32_t step_count, uint32_t item_count, bw_bound_moves *moves)
{
    rising low, high;
    uint32_t events[BW_BOUND_EVENTS], event_count = find_events(log_move, step_count, item_count, events);
    for (uint32_t i = 0; i < item_count; i++) {
        bw_bound_moves *m = &moves[i];
        double before = 0;
        uint32_t k = 0;
        m->fall = m->rise = m->rest_fall = m->rest_rise = 0;
        m->event_count = event_count;
        low.count = high.count = 0;
        for (uint32_t t = 0; t < step_count; t++) {
            double x = log_move[(size_t)t * item_count + i], rise = x - before > 0 ? x - before : 0, fall = before - x > 0 ? before - x : 0;
            before = x;
            add_record(x < 0 ? &low : &high, fabs(x));
            m->rise = rise > m->rise ? rise : m->rise;
            m->fall = fall > m->fall ? fall : m->fall;
            if (k < event_count && events[k] == t) {
                m->event_rise[k] = rise;
                m->event_fall[k] = fall;
                m->event_low[k] = last(low.all, low.count);
                m->event_high[k++] = last(high.all, high.count);
                continue;
            }
            m->rest_rise = rise > m->rest_rise ? rise : m->rest_rise;
            m->rest_fall = fall > m->rest_fall ? fall : m->rest_fall;
        }
        m->low_count = thin_out(low.all, low.count, m->low);
        m->high_count = thin_out(high.all, high.count, m->high);
    }
}
