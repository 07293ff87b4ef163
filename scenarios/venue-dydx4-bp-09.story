# What an order in liquidation does not take: no lots, more than its lots, lots of an account that has none. (R11, R22)
# Case: dydx4-bp-09-refusals
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/liquidations_test.go,
#   TestGetBankruptcyPriceInQuoteQuantums: error rows
# A bought 1 BTC at 60000 with 14999: at 50000 it has 4999 against 5000, and its lots go out, to be sold at 45001 or better.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000000
  quantity  book | adl score visit-order allocate queue
  money     fund | carryover
market  BTC-USD pool main tick 1 lot 0.0001 brackets 0:0.2:0.1
deposit a 14999 USDC
deposit flat 14999 USDC
deposit b 100000 USDC
mark    BTC-USD 60000
trade   BTC-USD buy a sell b 1 @ 60000
mark    BTC-USD 50000
expect  order-lots a BTC-USD 1
expect  order-limit a BTC-USD 45001
fill    a BTC-USD 0 @ 45001 taker b refused bad_amount
fill    flat BTC-USD 0.1 @ 45001 taker b refused unknown_order
fill    a BTC-USD -0.1 @ 45001 taker b refused bad_amount
fill    a BTC-USD 1.0001 @ 45001 taker b refused order_ended
expect  size a BTC-USD 1
expect  equity a 4999
