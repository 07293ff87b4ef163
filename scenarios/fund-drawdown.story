# The early trigger: a fund that has lost 30% of its peak pays no more, until the loss is below 25%. (R14)
# Peak 100: usable is 100 - 70 = 30. Alice (5 from 100 with 50) is 50 short at 80: the fund pays 30, which sets the trigger;
# bob pays 20. At 75 the drawdown is 25%, not below it: still set. At 76 it is 24%: cleared, usable 76 - 70 = 6.
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
expect  usable 30
expect  peak 100
expect  drawdown 0
mark    BTC-PERP 80.0
expect  gap 50
expect  fund paid 30
expect  deleveraged bob 20
expect  fund main 70
expect  drawdown 1
expect  usable 0
fund    main deposit 5
expect  drawdown 1
expect  usable 0
fund    main deposit 1
expect  drawdown 0
expect  usable 6
expect  peak 100
expect  balance bob 180
