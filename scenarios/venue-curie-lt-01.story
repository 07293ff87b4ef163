# What an account lacks is moved onto a fund that may fall below zero; nothing is spread. (R14)
# Case: curie-lt-01-fund-goes-negative
# Source: perpetual-protocol/perp-curie-contract, test/clearingHouse/ClearingHouse.takeOver.settleBadDebt.test.ts,
#   settle bad debt after last liquidation
# Alice has 10 and bought for 90 what is worth 80.942548 when it is taken over; the penalty of 2.5%, 2.023564, leaves her
# 1.081016 short. Constructed: the penalty is in the price. One lot from 90 falls to 78.918984 = 80.942548 - 2.023564: 10 -
# 11.081016. The empty fund pays and stands at -1.081016. Its half of the penalty, 1.011781 as in the case, comes in:
# -0.069235. Bob is not cut, and nothing is carried over.
asset   USD decimals 6
pool    main asset USD may-go-negative on
  quantity  adl
  money     fund | haircut | carryover
market  PERP pool main tick 0.000001 lot 1 price-max 1000 open-interest-max 1000 brackets 0:0.1:0.0625
deposit alice 10 USD
deposit bob 50 USD
mark    PERP 90
trade   PERP buy alice sell bob 1 @ 90
mark    PERP 78.918984
expect  gap 1.081016
expect  fund paid 1.081016
expect  fund main -1.081016
expect  balance alice 0
expect  equity alice 0
expect  haircut paid 0
expect  carryover main 0
expect  balance bob 61.081016
fund    main deposit 1.011781
expect  fund main -0.069235
