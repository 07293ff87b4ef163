# An order with a life of its own outlives a batch, but not its time. (R11, R22)
# Sent out at 12:00:00 for 30 s. At 12:00:10 the mark falls to 91.5 and alice to 3; the order stands. A fill at 12:00:20 is
# good, one at 12:00:31 comes too late. The batch at 12:00:40 ends the order: 3 against 1.5 x 91.5 x 2.5% = 3.43125, so the
# unfilled 0.631 go to ADL; 0.869 is left, which needs 1.987838 of maintenance.
asset   USDC decimals 6
pool    main asset USDC order-life 30s
  quantity  book | adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 20 USDC
deposit bob 100 USDC
deposit eva 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
at 2025-01-01T12:00:00Z mark BTC-PERP 92.0
expect  order-lots alice BTC-PERP 1.131
at 12:00:10 mark BTC-PERP 91.5
expect  state alice working
expect  orders 1
expect  size alice BTC-PERP 2
at 12:00:20 fill alice BTC-PERP 0.5 @ 91.5 taker eva
expect  size alice BTC-PERP 1.5
at 12:00:31 fill alice BTC-PERP 0.1 @ 91.5 taker eva refused order_ended
at 12:00:40 mark BTC-PERP 91.5
expect  orders 0
expect  closed alice BTC-PERP 0.631
expect  size alice BTC-PERP 0.869
expect  equity alice 3
expect  mm alice 1.987838
expect  state alice healthy
expect  equity bob 117
expect  equity eva 100
