#include "calibrate/stats.h"

#include <math.h>
#include <string.h>

#include "calibrate/factor.h"
#include "world/real.h"
#include "world/select.h"

#define HALF_PI 1.57079632679489661923
#define LEE_MYKLAND_1 4.600149  /* -ln(-ln(.99)) */
#define STRONG 1.75
#define WINDOW_MIN 16u
#define CUT 3.0
#define FAR 2.0
#define NORMAL_QUARTILE 1.1503493803760079

static double ln_of(double x)
{
    return bw_real_ln(x > 1e-12 ? x : 1e-12);
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static uint32_t rows_of(double days, double step_days, uint32_t least)
{
    double rows = days / step_days + .5;
    return rows > least ? (uint32_t)rows : least;
}

bw_grid bw_grid_of(uint32_t market_count, uint32_t row_count, double step_days)
{
    bw_grid grid = {.market_count = market_count, .step_days = step_days};
    grid.window = rows_of(4, step_days, WINDOW_MIN);
    grid.hour = rows_of(1.0 / 24, step_days, 1);
    grid.day = rows_of(1, step_days, 1);
    grid.week = rows_of(7, step_days, 1);
    grid.year = rows_of(365, step_days, 1);
    grid.year = grid.year < row_count ? grid.year : row_count;
    double n = row_count, root = sqrt(2 * bw_real_ln(n));
    grid.threshold = root - (1.14473 + bw_real_ln(bw_real_ln(n))) / (2 * root) + LEE_MYKLAND_1 / root;
    grid.strong = STRONG * grid.threshold;
    return grid;
}

/* ---- standardising ---- */

static void transpose(const bw_grid *grid, const bw_series *series, bw_stats_room *room)
{
    uint32_t n = series->row_count, age = 0;
    for (uint32_t i = 0; i < n; i++) {
        age = i == 0 || series->starts[i] ? 0 : age + 1;
        room->age[i] = age;
        for (uint32_t m = 0; m < grid->market_count; m++)
            room->column[(size_t)m * n + i] = series->move[(size_t)i * grid->market_count + m];
    }
}

/* Sum of |r_j r_j-1| over j = i - window + 1 .. i - 1, kept up as i goes on. */
static void standardise_market(const bw_grid *grid, uint32_t n, const uint32_t *age, const double *r, double *x)
{
    uint32_t w = grid->window;
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (age[i] == 0)
            sum = 0;
        else if (age[i] >= 2)
            sum += fabs(r[i - 1] * r[i - 2]);
        if (age[i] > w)
            sum -= fabs(r[i - w] * r[i - w - 1]);
        double variance = HALF_PI * sum / (w - 1);
        x[i] = age[i] >= w && variance > 1e-24 ? r[i] / sqrt(variance) : 0;
    }
}

void bw_stats_standardise(const bw_grid *grid, const bw_series *series, bw_stats_room *room)
{
    size_t n = series->row_count;
    transpose(grid, series, room);
    for (uint32_t m = 0; m < grid->market_count; m++)
        standardise_market(grid, series->row_count, room->age, room->column + m * n, room->x + m * n);
}

static double cut(double x)
{
    return x > CUT ? CUT : x < -CUT ? -CUT : x;
}

void bw_stats_correlation(const bw_grid *grid, uint32_t row_count, const bw_stats_room *room, double *correlation)
{
    uint32_t count = grid->market_count;
    size_t n = row_count;
    memset(correlation, 0, sizeof *correlation * count * count);
    for (uint32_t a = 0; a < count; a++)
        for (uint32_t b = 0; b <= a; b++) {
            double sum = 0;
            for (size_t i = 0; i < n; i++)
                sum += cut(room->x[a * n + i]) * cut(room->x[b * n + i]);
            correlation[a * count + b] = sum;
        }
    for (uint32_t a = 0; a < count; a++)
        for (uint32_t b = 0; b < a; b++) {
            double scale = sqrt(correlation[a * count + a] * correlation[b * count + b]);
            correlation[a * count + b] = correlation[b * count + a] = scale > 0 ? correlation[a * count + b] / scale : 0;
        }
    for (uint32_t a = 0; a < count; a++)
        correlation[a * count + a] = 1;
}

/* ---- moments of one market ---- */

typedef struct {
    const bw_grid *grid;
    const uint32_t *age;
    const double *r;
    double *scratch;
    uint32_t n;
} market;

/* A quarter of the rows lie beyond it, so neither jumps nor the clusters behind them move it. */
static double scale_of(const market *at)
{
    for (uint32_t i = 0; i < at->n; i++)
        at->scratch[i] = fabs(at->r[i]);
    return bw_select_quantile(at->scratch, at->n, .75) / NORMAL_QUARTILE / sqrt(at->grid->step_days);
}

static double kurtosis(double two, double four, double count)
{
    return two > 0 ? four / count / (two / count) / (two / count) : 3;
}

/* sd, kurtosis, mean excess beyond 4 sd. */
static void powers(const market *at, double *moment)
{
    double mean = 0, two = 0, four = 0, excess = 0, count = 0;
    for (uint32_t i = 0; i < at->n; i++)
        mean += at->r[i] / at->n;
    for (uint32_t i = 0; i < at->n; i++) {
        double square = (at->r[i] - mean) * (at->r[i] - mean);
        two += square;
        four += square * square;
    }
    double sd = sqrt(two / at->n);
    for (uint32_t i = 0; i < at->n; i++)
        if (fabs(at->r[i]) > 4 * sd && sd > 0) {
            excess += fabs(at->r[i]) / sd - 4;
            count++;
        }
    moment[BW_MOMENT_SD] = sd;
    moment[BW_MOMENT_KURTOSIS] = kurtosis(two, four, at->n);
    moment[BW_MOMENT_EXCESS] = count > 0 ? excess / count : 0;
}

/* Days begin with the pieces; what is left of a piece at its end is in none. */
static void days(const market *at, double *moment)
{
    double two = 0, four = 0, count = 0, sum = 0, peak = 0, fall = 0, worst = 0, falls = 0, years = 0;
    uint32_t day = at->grid->day, year = at->grid->year;
    for (uint32_t i = 0; i < at->n; i++) {
        if (at->age[i] % day == 0)
            sum = peak = fall = 0;
        sum += at->r[i];
        peak = larger(peak, sum);
        fall = larger(fall, peak - sum);
        if (at->age[i] % day == day - 1) {
            two += sum * sum;
            four += sum * sum * sum * sum;
            count++;
            worst = larger(worst, fall);
        }
        if (i % year == year - 1) {
            falls += worst;
            worst = 0;
            years++;
        }
    }
    moment[BW_MOMENT_KURTOSIS_DAY] = count > 0 ? kurtosis(two, four, count) : 3;
    moment[BW_MOMENT_DRAWDOWN] = years > 0 ? falls / years : worst;
}

/* |r|, cut. */
static double size_at(const market *at, uint32_t i, double most)
{
    double size = fabs(at->r[i]);
    return size < most ? size : most;
}

static double acf(const market *at, uint32_t lag, double most)
{
    double mean = 0, square = 0, cross = 0, pairs = 0;
    for (uint32_t i = 0; i < at->n; i++)
        mean += size_at(at, i, most) / at->n;
    for (uint32_t i = 0; i < at->n; i++) {
        double a = size_at(at, i, most) - mean;
        square += a * a;
        if (at->age[i] >= lag) {
            cross += a * (size_at(at, i - lag, most) - mean);
            pairs++;
        }
    }
    return pairs > 0 && square > 0 ? cross / pairs / (square / at->n) : 0;
}

/* Quantiles of |r|: the median, 90%, 99%. */
static void quantiles(const market *at, double *moment, double size[3])
{
    memcpy(at->scratch, at->r, sizeof *at->r * at->n);
    moment[BW_MOMENT_LOW] = bw_select_quantile(at->scratch, at->n, .001);
    moment[BW_MOMENT_HIGH] = bw_select_quantile(at->scratch, at->n, .999);
    for (uint32_t i = 0; i < at->n; i++)
        at->scratch[i] = fabs(at->r[i]);
    size[0] = bw_select_quantile(at->scratch, at->n, .5);
    size[1] = bw_select_quantile(at->scratch, at->n, .9);
    size[2] = bw_select_quantile(at->scratch, at->n, .99);
}

/* Adds the market's part to the averages. */
static void average(bw_stats *stats, const double *moment, const double size[3], double step_scale, uint32_t markets)
{
    double part[BW_FITS] = {0};
    for (uint32_t k = 0; k < BW_MOMENTS; k++)
        part[k] = moment[k];
    part[BW_MOMENT_SD] = ln_of(moment[BW_MOMENT_SD] / step_scale);
    part[BW_MOMENT_KURTOSIS] = ln_of(moment[BW_MOMENT_KURTOSIS]);
    part[BW_MOMENT_KURTOSIS_DAY] = ln_of(moment[BW_MOMENT_KURTOSIS_DAY]);
    part[BW_MOMENT_LOW] = ln_of(-moment[BW_MOMENT_LOW] / step_scale);
    part[BW_MOMENT_HIGH] = ln_of(moment[BW_MOMENT_HIGH] / step_scale);
    part[BW_MOMENT_EXCESS] = ln_of(1 + moment[BW_MOMENT_EXCESS]);
    part[BW_MOMENT_DRAWDOWN] = ln_of(moment[BW_MOMENT_DRAWDOWN] / step_scale);
    part[BW_FIT_SHAPE_99] = ln_of(size[2] / larger(size[0], 1e-12));
    part[BW_FIT_SHAPE_90] = ln_of(size[1] / larger(size[0], 1e-12));
    for (uint32_t k = 0; k < BW_FITS; k++)
        stats->figure[k] += part[k] / markets;
}

static void moments(const bw_grid *grid, const bw_series *series, const bw_stats_room *room, bw_stats *stats, double *far)
{
    for (uint32_t m = 0; m < grid->market_count; m++) {
        market at = {grid, room->age, room->column + (size_t)m * series->row_count, room->scratch, series->row_count};
        double size[3], *moment = stats->moment[m], scale = larger(scale_of(&at), 1e-9);
        powers(&at, moment);
        days(&at, moment);
        quantiles(&at, moment, size);
        moment[BW_MOMENT_ACF_HOUR] = acf(&at, grid->hour, size[2]);
        moment[BW_MOMENT_ACF_DAY] = acf(&at, grid->day, size[2]);
        moment[BW_MOMENT_ACF_WEEK] = acf(&at, grid->week, size[2]);
        average(stats, moment, size, scale * sqrt(grid->step_days), grid->market_count);
        stats->figure[BW_FIT_SCALE + m] = ln_of(scale);
        far[m] = size[2];
    }
}

static double share_common(const bw_grid *grid, const bw_series *series, const double *far)
{
    double rows = 0;
    for (uint32_t i = 0; i < series->row_count; i++) {
        uint32_t beyond = 0;
        for (uint32_t m = 0; m < grid->market_count; m++)
            beyond += fabs(series->move[(size_t)i * grid->market_count + m]) > far[m];
        rows += 2 * beyond >= grid->market_count;
    }
    return rows / series->row_count;
}

/* ---- jumps ---- */

typedef struct {
    double size_down, size_up;         /* sums of ln size */
    double more[BW_MARKETS_MAX];       /* sums of who moved more */
    double squares;                    /* of it, within markets */
} jump_sums;

static double median_of(double *value, uint32_t count)
{
    double high = bw_select(value, count, count / 2);
    return count % 2 ? high : (high + bw_select(value, count, count / 2 - 1)) / 2;
}

static void measure_jump(const bw_grid *grid, const bw_stats *stats, const double *move, bool down, jump_sums *sums)
{
    uint32_t count = grid->market_count;
    double size[BW_MARKETS_MAX], ln[BW_MARKETS_MAX], mean = 0, root = sqrt(grid->step_days);
    for (uint32_t m = 0; m < count; m++) {
        size[m] = fabs(move[m]) / (bw_real_exp(stats->figure[BW_FIT_SCALE + m]) * root);
        ln[m] = ln_of(fabs(move[m]));
        mean += ln[m] / count;
    }
    *(down ? &sums->size_down : &sums->size_up) += ln_of(median_of(size, count));
    for (uint32_t m = 0; m < count; m++) {
        double more = ln[m] - mean;
        more = more > FAR ? FAR : more < -FAR ? -FAR : more;
        sums->more[m] += more;
        sums->squares += more * more;
    }
}

/* Sides: markets beyond the thresholds, below and above. */
static void take_row(const bw_grid *grid, const bw_series *series, const bw_stats_room *room, uint32_t i, bw_stats *stats,
                     jump_sums *sums)
{
    uint32_t count = grid->market_count, low = 0, high = 0, strong_low = 0, strong_high = 0;
    for (uint32_t m = 0; m < count; m++) {
        double x = room->x[(size_t)m * series->row_count + i];
        low += x < -grid->threshold;
        high += x > grid->threshold;
        strong_low += x < -grid->strong;
        strong_high += x > grid->strong;
    }
    bool down = 2 * strong_low > count, up = 2 * strong_high > count;
    stats->found += 2 * low > count || 2 * high > count;
    stats->down += down;
    stats->up += up;
    if (down || up)
        measure_jump(grid, stats, series->move + (size_t)i * count, down, sums);
    else if (2 * low <= count && 2 * high <= count && strong_low + strong_high > 0)
        for (uint32_t m = 0; m < count; m++)
            stats->own[m] += fabs(room->x[(size_t)m * series->row_count + i]) > grid->strong;
}

static void put(bw_stats *stats, uint32_t figure, double value, bool known)
{
    stats->figure[figure] = known ? value : 0;
    stats->known[figure] = known;
}

static void jumps(const bw_grid *grid, const bw_series *series, const bw_stats_room *room, bw_stats *stats)
{
    jump_sums sums = {0};
    double valid = 0;
    uint32_t count = grid->market_count;
    for (uint32_t i = 0; i < series->row_count; i++)
        if (room->age[i] >= grid->window) {
            valid++;
            take_row(grid, series, room, i, stats, &sums);
        }
    stats->valid_days = larger(valid * grid->step_days, 1e-9);
    uint32_t strong = stats->down + stats->up;
    double within = sums.squares;
    for (uint32_t m = 0; m < count && strong > 0; m++) {
        within -= sums.more[m] * sums.more[m] / strong;
        put(stats, BW_FIT_JUMP(count) + m, sums.more[m] / strong, strong > 1 && count > 1);
    }
    put(stats, BW_FIT_FOUND, ln_of((stats->found + .5) / stats->valid_days), true);
    put(stats, BW_FIT_DOWN, ln_of((stats->down + .5) / stats->valid_days), true);
    put(stats, BW_FIT_UP, ln_of((stats->up + .5) / stats->valid_days), true);
    put(stats, BW_FIT_SIZE_DOWN, sums.size_down / larger(stats->down, 1), stats->down > 0);
    put(stats, BW_FIT_SIZE_UP, sums.size_up / larger(stats->up, 1), stats->up > 0);
    put(stats, BW_FIT_SPREAD, strong > 2 && count > 1 ? ln_of(within / ((strong - 1.0) * (count - 1))) / 2 : 0,
        strong > 2 && count > 1);
}

void bw_stats_of(const bw_grid *grid, const bw_series *series, bw_stats_room *room, bw_stats *stats)
{
    double correlation[BW_MARKETS_MAX * BW_MARKETS_MAX], load[BW_MARKETS_MAX], far[BW_MARKETS_MAX];
    uint32_t count = grid->market_count;
    memset(stats, 0, sizeof *stats);
    memset(stats->known, 1, BW_FITS + 2 * count);
    bw_stats_standardise(grid, series, room);
    moments(grid, series, room, stats, far);
    put(stats, BW_FIT_COMMON, ln_of(share_common(grid, series, far) + .5 / series->row_count), count > 1);
    bw_stats_correlation(grid, series->row_count, room, correlation);
    bw_factor_loadings(correlation, count, load);
    for (uint32_t m = 0; m < count; m++)
        stats->figure[BW_FIT_LOAD(count) + m] = .5 * ln_of((1 + load[m]) / (1 - load[m]));
    jumps(grid, series, room, stats);
}
