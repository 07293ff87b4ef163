# A tenth of a position, closed at a tenth of its zero value: equity per margin stays what it was. (R8, R11)
# Case: dydx4-dl-08-partial
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/deleveraging_test.go,
#   TestProcessDeleveraging: can deleverage a partial position
# Carl sold 1 BTC at 45000 with 9999: 54999 of cash in the case's sense; Dave, the buyer, 95000 - 45000 = 50000. At 50000
# Carl has 4999 against 5000. What limits the case to a tenth is the caller; here slices of a tenth do, so the lots go out
# as an order, and Dave takes them at its limit, the zero value: 54999 x 0.1 = 5499.9. Carl then has 54999 - 5499.9 =
# 49499.1 and is short 0.9, Dave 50000 + 5499.9 = 55499.9 and is long 0.9. Carl is as unhealthy as before, 4499.1 against
# 4500.
asset   USDC decimals 6
pool    main asset USDC slice 0.1 slice-over 1
  quantity  book | adl score visit-order allocate queue
  money     fund | deleveraged price zero-both | carryover
market  BTC-USD pool main tick 1 lot 0.0001 brackets 0:0.2:0.1
deposit carl 9999 USDC
deposit dave 95000 USDC
mark    BTC-USD 45000
trade   BTC-USD buy dave sell carl 1 @ 45000
mark    BTC-USD 50000
expect  order-lots carl BTC-USD 0.1
expect  order-limit carl BTC-USD 54999
fill    carl BTC-USD 0.1 @ 54999 taker dave
expect  size carl BTC-USD -0.9
expect  balance carl 8999.1
expect  cost carl BTC-USD -40500
expect  equity carl 4499.1
expect  mm carl 4500
expect  size dave BTC-USD 0.9
expect  balance dave 95999.9
expect  cost dave BTC-USD 40500
expect  gap 0
expect  surplus carl 0
