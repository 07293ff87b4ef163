# Base locked-profit: who pays is whose profit is not yet released, with or without a position. (R15, R18)
# Carol won 20 and settle released it; erin won 30 since, gus 10, both are flat. Alice (21) is long 2 from 150: at 129 she has
# -21. Bob's 42 are not his balance yet when the round starts, so he pays nothing, though ADL closes him: of 21 erin gives
# 21 x 30 / 40 = 15.75, gus 5.25. Locked then: erin 14.25, gus 4.75, bob 42. The second loss is ken's, long 2 from 129 with
# 100: at 48.5 he has -61; the 61 locked of the three just pay it, ivy's new profit and carol's released 20 stay untouched.
# [Percolator: a loss haircuts profit that has not matured, principal and matured profit are whole]
asset   USDC decimals 6
pool    main asset USDC profit settlement
  quantity  adl score pnl allocate queue
  money     haircut base locked-profit scope pool allocate capped-pro-rata | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit mia 500 USDC
deposit carol 100 USDC
deposit erin 100 USDC
deposit gus 100 USDC
deposit alice 21 USDC
deposit bob 100 USDC
deposit ken 100 USDC
deposit ivy 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy carol sell mia 1 @ 100.0
mark    BTC-PERP 120.0
trade   BTC-PERP buy mia sell carol 1 @ 120.0
expect  locked-profit carol 20
settle  main
expect  locked-profit carol 0
trade   BTC-PERP buy erin sell mia 1 @ 120.0
mark    BTC-PERP 140.0
trade   BTC-PERP buy gus sell mia 1 @ 140.0
mark    BTC-PERP 150.0
trade   BTC-PERP buy mia sell erin 1 @ 150.0
trade   BTC-PERP buy mia sell gus 1 @ 150.0
trade   BTC-PERP buy alice sell bob 2 @ 150.0
mark    BTC-PERP 129.0
expect  gap 21
expect  haircut erin 15.75
expect  haircut gus 5.25
expect  haircut bob 0
expect  haircut carol 0
expect  balance bob 142
expect  claim erin 15.75
expect  locked-profit erin 14.25
expect  locked-profit gus 4.75
expect  locked-profit bob 42
trade   BTC-PERP buy ken sell ivy 2 @ 129.0
mark    BTC-PERP 48.5
expect  gap 61
expect  haircut erin 14.25
expect  haircut gus 4.75
expect  haircut bob 42
expect  carryover paid 0
expect  balance carol 120
expect  balance bob 100
expect  balance gus 100
expect  balance ivy 261
