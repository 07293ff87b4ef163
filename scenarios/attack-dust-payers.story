# Attack: fill the payers with dust accounts, hoping that their shares round to nothing. (R15, R16)
# Expected: the sum is exact, everyone pays within a unit of the share. Bob is short 1.498, d1 and d2 one lot each: profits
# 29.96, 0.02, 0.02; two thirds for the gap of 20: 19.973333, 0.013333, 0.013333 and one unit over. The remainders are all
# a third, the tie goes to the lower id: bob, who came first, pays 19.973334.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     haircut base positive-upnl | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 10 USDC
deposit bob 50 USDC
deposit d1 1 USDC
deposit d2 1 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.498 @ 100.0
trade   BTC-PERP buy alice sell d1 0.001 @ 100.0
trade   BTC-PERP buy alice sell d2 0.001 @ 100.0
mark    BTC-PERP 80.0
expect  gap 20
expect  haircut paid 20
expect  haircut bob 19.973334
expect  haircut d1 0.013333
expect  haircut d2 0.013333
expect  balance bob 59.986666
expect  balance d1 1.006667
expect  balance d2 1.006667
expect  carryover main 0
expect  dust 0
