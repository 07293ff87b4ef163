# The desk's penalty: to the desk that took the lots, else to the pool's first, else to the fund. (R11)
# Bankrupt at 88, alice is closed whole. Of her 10 units `second` takes 5, 440 at the mark, and has 1% of it, 4.4; 5 meet bob
# by ADL, for which `first`, who may hold nothing, has 4.4. Her gap is 10 + 8.8. In pool side, without a desk, zoe's 8.8 for
# the same 10 units are the fund's, at the round's end; her gap of 18.8 is ken's, whom she was closed against.
include sync-world.story
pool    main quantity backstop | adl penalty-desk 0.01
deposit first 100 USDC
desk    first share 1 market-max 0
deposit second 1000 USDC
desk    second share 0.5 market-max 10000
pool    side asset USDC quantity adl money fund | deleveraged price zero | carryover penalty-desk 0.01
market  BTC-SIDE pool side tick 0.1 lot 0.001 brackets 0:0.1:0.05
account zoe pool side
account ken pool side
deposit zoe 110 USDC
deposit ken 500 USDC
mark    BTC-SIDE 100.0
trade   BTC-SIDE buy zoe sell ken 10 @ 100.0
mark    BTC-PERP 88.0 BTC-SIDE 88.0
expect  taken second BTC-PERP via backstop 5
expect  balance second 1004.4
expect  balance first 104.4
expect  penalty alice 8.8
expect  gap BTC-PERP 18.8
expect  deleveraged bob 18.8
expect  fund main 0
expect  penalty zoe 8.8
expect  gap BTC-SIDE 18.8
expect  deleveraged ken 18.8
expect  fund side 8.8
