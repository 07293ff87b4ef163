/* matrix.h - a correlation matrix from CSV text, to be matched by the model's loadings.

       market,BTC,ETH
       BTC,1,0.83
       ETH,0.83,1

   Form      as in facts.h; a row and a column for every market of the prices, in any order, rows in the order of the columns;
             decimals of at most nine places
   Refused   with the line: other or missing markets, a diagonal that is not 1, a pair that is not the same both ways, a number
             beyond +-1; and a matrix with an eigenvalue below -1e-9, with the nearest one that has none in the message: all of its
             pairs, or with more than BW_MATRIX_SHOWN markets those that it changes most */
#ifndef BW_CALIBRATE_MATRIX_H
#define BW_CALIBRATE_MATRIX_H

#include "world/prices.h"

enum { BW_MATRIX_SHOWN = 10, BW_MATRIX_MESSAGE = 2048 };

/* correlation[a x market_count + b] in the order of the prices' markets. False: message is "FILE:LINE: found ..., expected ...". */
bool bw_matrix_read(const char *text, size_t size, const char *file, const bw_prices *prices, double *correlation,
                    char message[BW_MATRIX_MESSAGE]);

#endif
