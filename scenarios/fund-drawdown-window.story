# The peak is that of the window: when the high water has passed out of it, the fund may pay again. (R14)
# As in fund-drawdown the fund fell from 100 to 70. Ten hours later the window of eight knows only 70: no drawdown, usable
# 70 - 49 = 21.
asset   USDC decimals 6
pool    main asset USDC drawdown-set 0.3 drawdown-clear 0.25
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 100
deposit alice 50 USDC
deposit bob 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 5 @ 100.0
mark    BTC-PERP 80.0
expect  fund paid 30
expect  drawdown 1
expect  peak 100
at 2025-01-01T10:00:00Z mark BTC-PERP 80.0
fund    main deposit 0.000001
fund    main withdraw 0.000001
expect  peak <= 70.000001
expect  drawdown 0
expect  usable >= 20.999998
expect  usable <= 21
expect  fund main 70
expect  balance bob 180
