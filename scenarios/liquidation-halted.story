# A halted market stops trading, not the waterfall. (R4a, R11, R13)
# The fall of fund-then-deleveraged, in a market that was halted before: alice is closed against bob at 80 all the same.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 20
deposit alice 10 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
status  BTC-PERP halted
trade   BTC-PERP buy bob sell alice 0.5 @ 100.0 refused market_closed
mark    BTC-PERP 80.0
expect  gap 20
expect  fund paid 20
expect  size alice BTC-PERP 0
expect  balance bob 80
expect  status BTC-PERP halted
