# sync-adl when-bankrupt: what no offer took of a solvent account waits on; its order goes out again when its time is up, until
# somebody takes it or the account is bankrupt. (R11) [dYdX v4 deleverages accounts of negative equity only]
# At 93 alice has 40: 4.301 units need 39.9993 initial margin, so 5.699 wait. Nobody offers, twice. Then carol takes 2 at
# 93.0: alice's 40 are enough for 8 units, 37.2 must stay, so the rest need not wait. At 88.0 she has exactly 0, is solvent
# yet and waits with all of it. At 87.9 her order's time is up and she has -0.8: no further wait, the 8 units go to bob, who
# pays the 0.8. With a longer order-life she waits on, bankrupt, and it is `liquidate` that sends her lots on: dora's 10 here.
include sync-world.story
pool    main sync-adl when-bankrupt
mark    BTC-PERP 93.0
expect  order-lots alice BTC-PERP 5.699
liquidate alice BTC-PERP
expect  state alice working
expect  size alice BTC-PERP 10
expect  orders 1
mark    BTC-PERP 93.0
expect  order-lots alice BTC-PERP 5.699      # its time was up: it went out again
expect  orders 1
liquidate alice BTC-PERP 2 @ 93.0 taker carol
expect  size alice BTC-PERP 8
expect  equity alice 40
expect  state alice healthy                  # 8 x 93 x 0.05 = 37.2 must stay
expect  orders 0
mark    BTC-PERP 88.0
expect  equity alice 0
expect  order-lots alice BTC-PERP 8
liquidate alice BTC-PERP
expect  size alice BTC-PERP 8
mark    BTC-PERP 87.9
expect  waiting 0
expect  closed alice BTC-PERP via profit 8
expect  gap 0.8
expect  deleveraged bob 0.8
expect  balance alice 0
pool    main order-life 1h
deposit dora 110 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy dora sell carol 10 @ 100.0
mark    BTC-PERP 93.0
expect  order-lots dora BTC-PERP 5.699
mark    BTC-PERP 88.0
expect  equity dora -10
expect  state dora working
expect  waiting 1
liquidate dora BTC-PERP 1 @ 88.0 taker bob
expect  closed dora BTC-PERP via book 0      # the fund has nothing to pay a gap of 1 with
expect  closed dora BTC-PERP via profit 10   # all of it, though the order was for 5.699
expect  gap 10
expect  balance dora 0
expect  waiting 0
