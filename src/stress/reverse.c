#include "stress/reverse.h"

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "metrics/page.h"
#include "world/real.h"

#define DOWN_MOST 3.0     /* ln: to a twentieth */
#define UP_MOST 2.0       /* to seven times */
#define STREAM UINT64_C(0x72657665727365)
#define JOINT_MOST 60.0   /* standard deviations */


static bw_reverse_row *row_new(bw_reverse_row *rows, uint32_t *count, const char *who, const char *way, double most)
{
    bw_reverse_row *row = &rows[(*count)++];
    memset(row, 0, sizeof *row);
    bw_page page = bw_page_open(row->name, sizeof row->name);
    bw_page_put(&page, who);
    bw_page_put(&page, way);
    bw_page_end(&page);
    row->most = most;
    return row;
}

/* Items `first` .. of the sector, or all if it is UINT32_MAX. */
static void both_ways(const bw_model_params *model, const char *who, uint32_t sector, uint32_t item, bw_reverse_row *rows,
                      uint32_t *count)
{
    for (int way = -1; way <= 1 && *count < BW_REVERSE_ROWS; way += 2) {
        bw_reverse_row *row = row_new(rows, count, who, way < 0 ? " down" : " up", way < 0 ? DOWN_MOST : UP_MOST);
        for (uint32_t m = 0; m < model->market_count; m++)
            if (item != UINT32_MAX ? m == item : sector == UINT32_MAX || model->item[m].sector == sector)
                row->unit[m] = way;
    }
}

static uint32_t markets_of(const bw_model_params *model, uint32_t sector)
{
    uint32_t count = 0;
    for (uint32_t m = 0; m < model->market_count; m++)
        count += model->item[m].sector == sector;
    return count;
}

/* A point of the unit sphere in factor space, as moves of prices. */
static void joint_direction(const bw_model_params *model, uint64_t seed, uint32_t number, bw_reverse_row *row)
{
    double z[1 + BW_MODEL_SECTORS + BW_BOUND_ITEMS], length = 0;
    uint32_t items = model->market_count + model->collateral, dimensions = 1 + BW_MODEL_SECTORS + items;
    for (uint32_t d = 0; d < dimensions; d++) {
        uint64_t bits = bw_random_u64(seed, STREAM, (uint64_t)number << 8 | d);
        double u = ((double)(bits >> 11) + .5) / 9007199254740992.;
        z[d] = bw_normal_quantile(u) * (d == 0 ? 3 : 1);       /* what moves all markets is what empties funds */
        length += z[d] * z[d];
    }
    length = sqrt(length);
    for (uint32_t i = 0; i < items; i++) {
        const bw_model_item *item = &model->item[i];
        row->unit[i] = (item->beta * model->factor_sd * z[0] + item->sector_load * model->sector_sd[item->sector] * z[1 + item->sector] +
                        item->own_sd * z[1 + BW_MODEL_SECTORS + i]) / length;
    }
    row->joint = true;
}

uint32_t bw_reverse_rows(const bw_model_params *model, const char *const *names, uint64_t seed, bw_reverse_row *rows)
{
    uint32_t count = 0;
    char word[] = "sector 00";
    both_ways(model, "all markets", UINT32_MAX, UINT32_MAX, rows, &count);
    for (uint32_t s = 0; s < BW_MODEL_SECTORS; s++) {
        uint32_t members = markets_of(model, s);
        word[7] = (char)(s < 10 ? '0' + s : '1');
        word[8] = (char)(s < 10 ? 0 : '0' + s - 10);
        if (members > 1 && members < model->market_count)
            both_ways(model, word, s, UINT32_MAX, rows, &count);
    }
    for (uint32_t m = 0; m < model->market_count && count < BW_REVERSE_ROWS - BW_REVERSE_JOINT - 3; m++)
        both_ways(model, names[m], UINT32_MAX, m, rows, &count);
    if (model->collateral)
        row_new(rows, &count, "collateral", " down", DOWN_MOST)->unit[model->market_count] = -1;
    for (uint32_t j = 0; j < BW_REVERSE_JOINT && count < BW_REVERSE_ROWS; j++)
        joint_direction(model, seed, j, row_new(rows, &count, "jointly", "", JOINT_MOST));
    return count;
}

bool bw_reverse_reached(const bw_reverse_row *row, const double *log_move, uint32_t step_count, uint32_t item_count)
{
    uint32_t members = 0;
    for (uint32_t i = 0; i < item_count; i++)
        members += row->unit[i] != 0;
    for (uint32_t t = 0; t < step_count; t++) {
        double sum = 0;
        for (uint32_t i = 0; i < item_count; i++)
            sum += row->unit[i] * log_move[(size_t)t * item_count + i];
        if (members > 0 && sum / members >= row->size)
            return true;
    }
    return false;
}
