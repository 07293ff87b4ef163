# A fill far above zero value pays the full liquidation fee to the fund, and the rest is the account's. (R9, R14)
# Case: dydx4-fd-01-max-fee-long
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/liquidations_test.go,
#   TestGetLiquidationInsuranceFundDelta: long above, pays max fee
# A bought 0.1 BTC at 70000 with 1900: it owes 5100, the zero value of all of it at any mark. Constructed: the mark is
# 55000, where A has 400 against 550; at the case's 50000 it would be bankrupt, and a bankrupt account sends no order. The
# limit is 51000. A fill at 56100 brings 5610: 510 of surplus, 0.5% of 5610 = 28.05 go to the fund, and A keeps 481.95.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000000 liquidation-fee 0.005
  quantity  book | adl score visit-order allocate queue
  money     fund | carryover
market  BTC-USD pool main tick 1 lot 0.0001 brackets 0:0.2:0.1
deposit a 1900 USDC
deposit b 10000 USDC
mark    BTC-USD 70000
trade   BTC-USD buy a sell b 0.1 @ 70000
mark    BTC-USD 55000
expect  order-limit a BTC-USD 51000
fill    a BTC-USD 0.1 @ 56100 taker b
expect  surplus a 510
expect  liquidation-fee a 28.05
expect  fund main 28.05
expect  balance a 481.95
expect  gap 0
