# Rule min-max: the largest share of anyone's cap is as small as possible: the same 60% for all. (R16)
# Caps 8 + 4 + 0.5 = 12.5, gap 7.5: 4.8, 2.4, 0.3. The lots do not count.
include allocate-world.story
pool    main money deleveraged price zero allocate min-max | carryover
mark    BTC-PERP 80.0
expect  deleveraged anna 4.8
expect  deleveraged beth 2.4
expect  deleveraged cleo 0.3
expect  balance anna 11.2
expect  balance beth 37.6
expect  balance cleo 7.7
expect  balance eva 100
