# A smallest maintenance margin per position keeps dust positions from being free. (R6, R11)
# 0.1 BTC at 100 is a notional of 10; 2.5% of it is 0.25 and 5% is 0.5, but the least margin is 1, initial margin too.
# So 0.99 is not enough to open it and 1 is. At 99.5 alice has 1 - 0.05 = 0.95 < 1: no part of the position may stay,
# since even one lot needs 1, so all of it is closed at mark and 0.95 is left to her.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 min-mm 1 brackets 0:0.05:0.025
deposit alice 0.99 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 0.1 @ 100.0 refused initial_margin
deposit alice 0.01 USDC
trade   BTC-PERP buy alice sell bob 0.1 @ 100.0
expect  mm alice 1
expect  im alice 1
expect  im bob 1
mark    BTC-PERP 99.5
expect  size alice BTC-PERP 0
expect  equity alice 0.95
expect  balance alice 0.95
expect  im alice 0
expect  closed alice BTC-PERP 0.1
expect  taken bob BTC-PERP via profit 0.1
expect  balance bob 50.05
expect  gap 0
