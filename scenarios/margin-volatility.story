# The volatility index raises initial margin in steps and leaves maintenance margin alone. (R20)
# Window 1 h, one step of 10% after 1 h: variance = (0.1)^2 x 24 h / (1 h + 1 h) = 0.12, volatility = sqrt(0.12) = 0.34641 per
# root of a day. Base 0.1: (0.34641 - 0.1) / 0.1 = 2.4641, in steps of 0.25: 2.25, factor 3.25. Initial margin of 110 is
# 5.5 x 3.25 = 17.875, maintenance stays 2.75. After another hour without a move variance halves: 0.244949, factor 2.25.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 vol-window 1h vol-base 0.1 vol-step 0.25 vol-max 4 brackets 0:0.05:0.025
deposit alice 16 USDC
deposit bob 100 USDC
at 12:00:00 mark BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
expect  im alice 5
at 13:00:00 mark BTC-PERP 110.0
expect  im alice 17.875
expect  mm alice 2.75
expect  im bob 17.875
expect  state alice healthy
withdraw alice 9 USDC refused insufficient
withdraw alice 8.125 USDC
at 14:00:00 mark BTC-PERP 110.0
expect  im alice 12.375
