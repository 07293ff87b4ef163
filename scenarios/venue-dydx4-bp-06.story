# The zero value of a part is rounded up, toward the closed account. (R8, R3)
# Case: dydx4-bp-06-round-up-long
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/liquidations_test.go,
#   TestGetBankruptcyPriceInQuoteQuantums: Rounds up ... partially closing one long
# A bought 1 BTC at 60000 with 59987: it owes 13. At 50000 a part of 0.00021347 closes for 13 x 0.00021347 = 0.00277511,
# rounded up 0.002776. In the case A is healthy; here a smallest maintenance margin of 49988 per position is one more than
# its 49987, and with margin rates of 0 equity is shared by notional. B is short the part from 60000 and is visited first:
# it pays 0.002776 for 12.8082; c pays the rest of the 13.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score visit-order allocate queue
  money     deleveraged price zero-both | carryover
market  BTC-USD pool main tick 100 lot 0.00000001 min-mm 49988 brackets 0:0:0
deposit b 60000 USDC
deposit c 60000 USDC
deposit a 59987 USDC
mark    BTC-USD 60000
trade   BTC-USD buy a sell b 0.00021347 @ 60000
trade   BTC-USD buy a sell c 0.99978653 @ 60000
expect  cost b BTC-USD -12.8082
mark    BTC-USD 50000
expect  liquidated 1
expect  taken b BTC-USD via profit 0.00021347
expect  balance b 60012.805424
expect  balance c 119974.194576
expect  balance a 0
expect  gap 0
