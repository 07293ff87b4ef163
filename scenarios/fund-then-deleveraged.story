# One long goes under; the fund pays what it has, the deleveraged winner the rest. (R9, R10, R13)
# Alice: 10 - 1.5 x 20.1 = -20.15. The fund has 10; bob, closed at 79.9 with a profit of 30.15, gives 10.15 of it and ends
# with 50 + 30.15 - 10.15 = 70. All 70 that ever came in are his: 10 alice's, 50 his own, 10 the fund's.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | capital | deleveraged price zero | haircut base positive-upnl allocate capped-pro-rata | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025 1000000:0.10:0.05
fund    main deposit 10
deposit alice 10 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
mark    BTC-PERP 79.9
expect  gap 20.15
expect  fund paid 10.00
expect  deleveraged bob 10.15
expect  haircut paid 0
expect  carryover paid 0
expect  balance bob 70
expect  balance alice 0
expect  size alice BTC-PERP 0
expect  size bob BTC-PERP 0
expect  fund main 0
expect  claim bob 10.15
expect  claims 10.15
expect  dust 0
