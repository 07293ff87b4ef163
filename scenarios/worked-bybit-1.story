# Bybit's first example: a pool of 1,000,000 and a loss of 350,000 within 8 hours: the fund pays 300,000, 30% of its peak; 50,000
# are left to ADL. (R14, R13) Source: Bybit API v5, "Get ADL Alert" (bybit-exchange.github.io/docs/v5/market/adl-alert).
# Alice is long 10,000 from 100 with 150,000; at 50 she has lost 500,000: 350,000 short. Usable is 1,000,000 less 70% of the
# peak: 300,000. Bob, whose short is closed, takes over what is beyond: 50,000 of his 500,000. The stop at -25%: at 750,000 the
# drawdown is 25%, not below it, and the trigger stands; at 750,001 it is cleared.
asset   USDC decimals 2
pool    main asset USDC drawdown-min 1 drawdown-set 0.3 drawdown-clear 0.25 window 8h
  quantity  adl score pnl-x-leverage allocate queue
  money     shared-fund | deleveraged price zero | carryover
market  A-PERP pool main tick 1 lot 1 brackets 0:0.05:0.025
fund    main deposit 1000000
deposit alice 150000 USDC
deposit bob 1000000 USDC
mark    A-PERP 100
trade   A-PERP buy alice sell bob 10000 @ 100
expect  usable 300000
mark    A-PERP 50
expect  gap 350000
expect  shared-fund paid 300000
expect  deleveraged bob 50000
expect  balance bob 1450000
expect  fund main 700000
expect  peak 1000000
expect  drawdown 1
expect  usable 0
fund    main deposit 50000
expect  drawdown 1
expect  usable 0
fund    main deposit 1
expect  drawdown 0
expect  carryover main 0
