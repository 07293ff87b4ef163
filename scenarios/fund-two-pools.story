# Pools do not pay for each other: each has its own market, fund and waterfall. (R5, R10)
# Alice's 20 short in pool main meet a fund of 8; the 100 in the fund of pool alt are not touched, bob pays the other 12.
# Zoe holds the same position in pool alt with more money and is only 30 poorer.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
pool    alt asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  BTC-ALT pool alt tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 8
fund    alt deposit 100
account zoe pool alt
account yan pool alt
deposit alice 10 USDC
deposit bob 50 USDC
deposit zoe 50 USDC
deposit yan 50 USDC
mark    BTC-PERP 100.0 BTC-ALT 100.0
trade   BTC-PERP buy alice sell zoe 1 @ 100.0 refused wrong_pool
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
trade   BTC-ALT buy zoe sell yan 1.5 @ 100.0
mark    BTC-PERP 80.0 BTC-ALT 80.0
expect  gap main 20
expect  fund paid main 8
expect  deleveraged bob 12
expect  gap alt 0
expect  fund main 0
expect  fund alt 100
expect  equity zoe 20
expect  equity yan 80
expect  size yan BTC-ALT -1.5
expect  balance bob 68
