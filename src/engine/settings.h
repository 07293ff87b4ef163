/* settings.h - what is out of range, contradicts another setting, or is not built yet, said in words (R10-R19).

   Errors    a sentence in the words of the story language, NULL if there is nothing to say; the caller refuses bad_setting */
#ifndef BW_ENGINE_SETTINGS_H
#define BW_ENGINE_SETTINGS_H

#include "engine/state.h"

/* Of a pool's settings: those of the command alone, then what the venue's limits and markets say to them. */
const char *bw_pool_fault(const bw_venue *venue, const bw_command_pool *command);

/* Of a desk's settings; nothing is said of an account that does not exist. */
const char *bw_desk_fault(const bw_venue *venue, const bw_command_desk *command);

/* Of the end of a market, at a terminal price or not; nothing is said of a market that does not exist. */
const char *bw_end_fault(const bw_venue *venue, uint32_t market, uint32_t terminal);

#endif
