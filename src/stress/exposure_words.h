/* exposure_words.h - pieces of text that the screens of one trader and of all share: cells of a table, hits, moves. */
#ifndef BW_STRESS_EXPOSURE_WORDS_H
#define BW_STRESS_EXPOSURE_WORDS_H

#include "stress/exposure_result.h"
#include "stress/prose.h"

/* Cells that end before a column: "-" where there is nothing. */
void bw_cell_text(bw_prose *prose, const char *text, size_t end);
void bw_cell_money(bw_prose *prose, int64_t amount, size_t end);
void bw_cell_signed(bw_prose *prose, int64_t amount, size_t end);      /* with its sign */
void bw_cell_ppm(bw_prose *prose, uint32_t ppm, size_t end);
void bw_cell_chance(bw_prose *prose, const bw_stress_chance *chance, size_t end);   /* 1.2%, or <0.37% of none */
void bw_cell_range(bw_prose *prose, const bw_stress_chance *chance, size_t end);    /* 0.69-2.1, two digits, outward; nothing of none */
void bw_cell_pico(bw_prose *prose, int64_t pico, size_t end);          /* a share in 1e-12 */
void bw_cell_count(bw_prose *prose, uint64_t count, size_t end);
void bw_cell_drag(bw_prose *prose, const bw_exposure_drag *drag, size_t end);
void bw_cell_end(bw_prose *prose);                                     /* of the line */

/* "12 of 1,000 paths (0.69% to 2.1%)", "none of 1,000 paths (less than 0.37%)". */
void bw_words_hits(bw_prose *prose, const bw_stress_chance *chance);
void bw_words_ppm(bw_prose *prose, uint32_t ppm);
void bw_words_drag(bw_prose *prose, const bw_exposure_drag *drag);
/* "a fall of 3.2%". */
void bw_words_move(bw_prose *prose, uint32_t move);
/* "JELLY"; "market 7". */
void bw_words_market(bw_prose *prose, const bw_exposure_facts *facts, uint16_t market);
/* Title, paths, seed, what brackets are. */
void bw_words_title(bw_prose *prose, const bw_exposure_facts *facts);
void bw_words_hash(bw_prose *prose, const bw_exposure_facts *facts);

#endif
