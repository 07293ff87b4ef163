/* variants.h - the same venue and paths under one changed condition: what the result is sensitive to.

       base ─> snapshot ─┬─ variant: commands, settings of the order book or another price model ─> snapshot of its own ─> the same
                         │  paths, each as the variant finds it ─> paired with the base (stress/paired.h)
                         └─ next variant, from the base again

   A path draws from the same random numbers under every variant (model.h, Draws): only what the variant says differs. */
#ifndef BW_APP_VARIANTS_H
#define BW_APP_VARIANTS_H

#include "app/screen.h"
#include "stress/paired.h"

typedef struct app_variant {
    const char *name;
    uint8_t kind;              /* variants.c */
    double factor;
} app_variant;

/* What the tornado shows, a pair up and down each; ended by a NULL name. */
extern const app_variant APP_SENSITIVITIES[];

typedef struct app_variant_run {
    app_jobs jobs;             /* outcomes by list; all paths if there is none */
    app_screen bounds;
    bw_model *model;           /* of a variant of the model; else NULL */
    bw_draw draw;
    bool refused;              /* the venue takes no such change, or one shock knows none: nothing was played */
} app_variant_run;

/* Plays all paths of another source (world/draw.h) on the book as it is. */
bw_story_result app_variant_draw(app_paths *paths, bw_story *story, const bw_draw *draw, app_variant_run *run);
/* Plays all paths under the variant (NULL: as they are). Free the run either way. The book stands as before. */
bw_story_result app_variant_play(app_paths *paths, bw_story *story, const app_variant *variant, app_variant_run *run);
void app_variant_free(app_variant_run *run);
bw_paired app_variant_compare(const app_paths *paths, const char *name, const app_variant_run *base, const app_variant_run *run);

#endif
