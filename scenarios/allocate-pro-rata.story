# Rule pro-rata: everyone his share, cut at his cap; what a cap cuts off passes on. (R16, R10)
# 3, 3.75 and 0.75 by lots; cleo's cap is 0.5, so 0.25 pass on to the next layer, here carryover.
include allocate-world.story
pool    main money deleveraged price zero allocate pro-rata | carryover
mark    BTC-PERP 80.0
expect  deleveraged anna 3
expect  deleveraged beth 3.75
expect  deleveraged cleo 0.5
expect  carryover paid 0.25
expect  balance anna 13
expect  balance beth 36.25
expect  balance cleo 7.5
expect  balance eva 100
