# The book of the sync stories: alice is long 10 at 100 with 110, bob short with 500; carol has 500 and no position.
# At price p alice's equity is 110 + 10 (p - 100): 40 at 93, where 46.5 must stay; -10 at 88, where her lots are worth 880.
asset   USDC decimals 6
pool    main asset USDC quantity book sync | adl money fund | deleveraged price zero | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.1:0.05
deposit alice 110 USDC
deposit bob   500 USDC
deposit carol 500 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 10 @ 100.0
