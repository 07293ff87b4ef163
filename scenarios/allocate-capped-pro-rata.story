# Rule capped-pro-rata: one level for all, x = min(cap, level x weight). (R16)
# 7.5 by 0.4 : 0.5 : 0.1 would be 3, 3.75, 0.75; cleo has only 0.5. The other 7 by 4 : 5: anna 3.111111, beth 3.888889 (the
# last unit goes to the larger remainder, beth's).
include allocate-world.story
mark    BTC-PERP 80.0
expect  gap 7.5
expect  deleveraged anna 3.111111
expect  deleveraged beth 3.888889
expect  deleveraged cleo 0.5
expect  balance anna 12.888889
expect  balance beth 36.111111
expect  balance cleo 7.5
expect  carryover main 0
expect  balance eva 100
