# Rule risk-weighted: lots times leverage. (R16)
# Weights 0.4 x 2 = 0.8, 0.5 and 0.1: 7.5 would be 4.29, 2.68, 0.54; cleo has only 0.5. The other 7 by 8 : 5: anna 4.307692,
# beth 2.692308.
include allocate-world.story
pool    main money deleveraged price zero allocate risk-weighted | carryover
mark    BTC-PERP 80.0
expect  deleveraged anna 4.307692
expect  deleveraged beth 2.692308
expect  deleveraged cleo 0.5
expect  balance anna 11.692308
expect  balance beth 37.307692
expect  balance cleo 7.5
expect  balance eva 100
