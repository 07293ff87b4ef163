# The cap per window as a share of what the fund held when the window began; a window of 24h is a calendar day. (R14)
# 10% a day. The fund's first 100 come on 1 January, so that day began with 0 and nothing is paid: ann's 5 are carried over,
# and the next inflow of 5 repays them. 2 January begins with 100: ben's 5 are paid, of cy's 9 only 5 are left of the 10 (the
# 200 that came in between do not count), 4 are carried over. 3 January begins with 290: 29.
# [Percolator: the day's cap is of the fund at its start, days of 86,400 s]
asset   USDC decimals 6
pool    main asset USDC window 24h window-cap-share 0.1
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
at 2025-01-01T12:00:00Z fund main deposit 100
deposit ann 5 USDC
deposit ben 45 USDC
deposit cy 33 USDC
deposit bob 500 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy ann sell bob 0.5 @ 100.0
trade   BTC-PERP buy ben sell bob 2 @ 100.0
trade   BTC-PERP buy cy sell bob 1 @ 100.0
expect  usable 0
at 12:10:00 mark BTC-PERP 80.0
expect  gap 5
expect  fund paid 0
expect  carryover paid 5
fund    main deposit 5
expect  carryover main 0
expect  fund main 100
at 2025-01-02T00:00:00Z mark BTC-PERP 75.0
expect  gap 5
expect  fund paid 5
expect  usable 5
fund    main deposit 200
expect  usable 5
at 23:59:59 mark BTC-PERP 58.0
expect  gap 9
expect  fund paid 5
expect  carryover paid 4
expect  fund main 290
at 2025-01-03T00:00:00Z fund main deposit 10
expect  carryover main 0
expect  usable 29
