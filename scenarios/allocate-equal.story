# Rule equal: the same for all, up to each one's cap. (R16)
# 2.5 each; cleo has only 0.5, so anna and beth give 3.5 each.
include allocate-world.story
pool    main money deleveraged price zero allocate equal | carryover
mark    BTC-PERP 80.0
expect  deleveraged anna 3.5
expect  deleveraged beth 3.5
expect  deleveraged cleo 0.5
expect  carryover paid 0
expect  balance anna 12.5
expect  balance beth 36.5
expect  balance cleo 7.5
expect  balance eva 100
