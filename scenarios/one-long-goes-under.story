# One long goes under; the fund pays what it has, the deleveraged winner the rest.
asset   USDC decimals 6
pool    main asset USDC
  quantity  book | adl score pnl-x-leverage allocate queue
  money     fund | capital | deleveraged price zero | haircut base positive-upnl allocate capped-pro-rata | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025 1000000:0.10:0.05
fund    main deposit 10
deposit alice 10 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
mark    BTC-PERP 79.9
expect  fund paid 10.00
expect  deleveraged bob 10.15
