# Bybit's second example: the pool gained 1,000,000 and stands at 2,000,000; a loss of 600,000, 30% of the new peak, is paid and
# triggers; the next loss goes to ADL. (R14, R13) Source: Bybit API v5, "Get ADL Alert"
# (bybit-exchange.github.io/docs/v5/market/adl-alert).
# Alice is long 15,000 from 100 with 150,000; at 50 she has lost 750,000: 600,000 short, just what is usable, 2,000,000 less 70%
# of 2,000,000. Carl is long 1,000 from 50 with 5,000; at 40 he is 5,000 short: the fund pays nothing, dan bears it.
asset   USDC decimals 2
pool    main asset USDC drawdown-min 1 drawdown-set 0.3 drawdown-clear 0.25 window 8h
  quantity  adl score pnl-x-leverage allocate queue
  money     shared-fund | deleveraged price zero | carryover
market  A-PERP pool main tick 1 lot 1 brackets 0:0.05:0.025
fund    main deposit 1000000
deposit alice 150000 USDC
deposit bob 1000000 USDC
deposit carl 5000 USDC
deposit dan 50000 USDC
mark    A-PERP 100
trade   A-PERP buy alice sell bob 15000 @ 100
expect  usable 300000
fund    main deposit 1000000
expect  peak 2000000
expect  usable 600000
mark    A-PERP 50
expect  gap 600000
expect  shared-fund paid 600000
expect  deleveraged bob 0
expect  fund main 1400000
expect  drawdown 1
expect  usable 0
trade   A-PERP buy carl sell dan 1000 @ 50
mark    A-PERP 40
expect  gap 5000
expect  shared-fund paid 0
expect  deleveraged dan 5000
expect  fund main 1400000
expect  balance dan 55000
