# Score hedge-aware spares nobody for good: when there is no one else, the hedge is closed after all. (R13)
# The book of adl-hedge-aware without its end, and Vera bought 5, two of them from Ada: Carol's 1 and Bob's 2 are not enough,
# so Ada gives 2 of her 4. Scores are those of the round's start: closing Bob does not change Ada's, nor the other way round.
# Vera has 50 - 100 = -50; the fund pays it.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score hedge-aware allocate queue
  money     fund | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 underlying BTC brackets 0:0.05:0.025
market  BTC-QUARTER pool main tick 0.1 lot 0.001 underlying BTC brackets 0:0.05:0.025
fund    main deposit 60
account ada pool main owner hedger
account anton pool main owner hedger
deposit ada 100 USDC
deposit anton 200 USDC
deposit bob 100 USDC
deposit carol 100 USDC
deposit vera 50 USDC
deposit lena 500 USDC
mark    BTC-PERP 100.0 BTC-QUARTER 100.0
trade   BTC-PERP buy lena sell ada 2 @ 100.0
trade   BTC-PERP buy vera sell ada 2 @ 100.0
trade   BTC-PERP buy vera sell bob 2 @ 100.0
trade   BTC-PERP buy vera sell carol 1 @ 100.0
trade   BTC-QUARTER buy anton sell lena 4 @ 100.0
trade   BTC-QUARTER buy bob sell lena 1.5 @ 100.0
mark    BTC-PERP 80.0 BTC-QUARTER 80.0
expect  taken carol BTC-PERP via profit 1
expect  taken bob BTC-PERP via profit 2
expect  taken ada BTC-PERP via profit 2
expect  size ada BTC-PERP -2
expect  size anton BTC-QUARTER 4
expect  fund paid 50
expect  fund main 10
