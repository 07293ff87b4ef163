# Bybit's third example: the pool falls to zero; ADL bears every loss until it stands above zero again. (R14, R13)
# Source: Bybit API v5, "Get ADL Alert" (bybit-exchange.github.io/docs/v5/market/adl-alert).
# The drawdown trigger is asleep below its threshold of 10,000, so a fund of 500 may be spent whole. Alice is long 100 from 100
# with 500; at 87 she is 800 short: the fund pays 500, bob 300. Carl is long 100 from 87 with 450; at 82 he is 50 short: dan
# bears all of it. Half a cent would not do, one cent clears the trigger.
asset   USDC decimals 2
pool    main asset USDC drawdown-min 10000 drawdown-set 0.3 drawdown-clear 0.25 window 8h
  quantity  adl score pnl-x-leverage allocate queue
  money     shared-fund | deleveraged price zero | carryover
market  A-PERP pool main tick 1 lot 1 brackets 0:0.05:0.025
fund    main deposit 500
deposit alice 500 USDC
deposit bob 1000 USDC
deposit carl 450 USDC
deposit dan 1000 USDC
mark    A-PERP 100
trade   A-PERP buy alice sell bob 100 @ 100
expect  usable 500
mark    A-PERP 87
expect  gap 800
expect  shared-fund paid 500
expect  deleveraged bob 300
expect  fund main 0
expect  empty 1
expect  drawdown 0
trade   A-PERP buy carl sell dan 100 @ 87
mark    A-PERP 82
expect  gap 50
expect  shared-fund paid 0
expect  deleveraged dan 50
expect  empty 1
fund    main deposit 0.01
expect  empty 0
expect  usable 0.01
