# The published bankruptcy price: long 100 at 500, margin 1000, wallet 100: 489. (R8, R11)
# 1,100 are lost when the price has fallen by 11: 500 - 1,100/100 = 489, at whatever mark the order goes out. At 493 there are
# 400 left against 493 of maintenance margin (1%); zero value 49,300 - 400 = 48,900.
asset   USDC decimals 6
pool    main asset USDC full-close-under 100000
  quantity  book | adl score pnl-x-leverage allocate queue
market  CON pool main tick 0.5 lot 1 brackets 0:0.02:0.01
deposit alice 1100 USDC
deposit bob 5000 USDC
mark    CON 500.0
trade   CON buy alice sell bob 100 @ 500.0
expect  im alice 1000
mark    CON 493.0
expect  equity alice 400
expect  mm alice 493
expect  state alice working
expect  order-lots alice CON 100
expect  order-limit alice CON 489.0
expect  size alice CON 100
expect  equity bob 5700
