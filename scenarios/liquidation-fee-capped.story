# The liquidation fee is taken from surplus only: it never makes a gap. (R9)
# At 92 zero value is 90.0. Eva buys all 2 at 90.1 = 180.2, a surplus of 0.2. Half a per cent would be 0.901; only 0.2 is
# there, so the fund gets 0.2 and alice ends with nothing, and owes nothing.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000 liquidation-fee 0.005
  quantity  book | adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 20 USDC
deposit bob 100 USDC
deposit eva 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 92.0
fill    alice BTC-PERP 2 @ 90.1 taker eva
expect  surplus alice 0.2
expect  liquidation-fee alice 0.2
expect  fund main 0.2
expect  balance alice 0
expect  equity eva 103.8
expect  equity bob 116
expect  gap 0
