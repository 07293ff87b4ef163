# The same published example with a queue in the order 2, 1, 3: 43.75%, 100% and nothing. (R16)
# Beth (4) closed most lots and stands first: all her 4. Anna (8) gives the other 3.5, 43.75% of hers. Cleo (0.5) nothing.
# Pro-rata, on the same three, took 60% of each.
include allocate-world.story
pool    main money deleveraged price zero allocate queue | carryover
mark    BTC-PERP 80.0
expect  gap 7.5
expect  deleveraged beth 4
expect  deleveraged anna 3.5
expect  deleveraged cleo 0
expect  balance beth 36
expect  balance anna 12.5
expect  balance cleo 8
expect  balance eva 100
