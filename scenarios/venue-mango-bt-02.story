# A fund of 2 pays for 1 of a deficit of 28, as its liquidator takes a fee; 27 are spread over open interest. (R14, R15)
# Case: mango-bt-02-fund-then-socialise
# Source: blockworks-foundation/mango-v4, programs/mango-v4/tests/cases/test_liq_perps_bankruptcy.rs,
#   block 2 (-28,-50,10), fund 2, cap 11
# Liqee has lost 50 with 10 lots, has 10 of money, which pay first, and 12 of other assets: 28 are missing. The desk takes
# the lots, so its fee of 5% is on what the fund pays: 2 pay for floor(2 / 1.05) = 1, the other 1 is the desk's. The 27 fall
# on those who hold the market, both sides: 32 short, 22 long, 54 lots, half a unit each. The holders are constructed;
# Mango's spread is an index of all positions.
asset   USD decimals 0
asset   OTHER decimals 0
pool    main asset USD
  quantity  backstop | adl
  money     fund fee 0.05 | haircut base size side both | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0:0
account desk pool main
deposit desk 1000 USD
desk    desk share 1 market-max 1000
collateral OTHER pool main tick 1
mark    PERP 10 collateral OTHER 1
fund    main deposit 2
deposit liqee 10 USD
deposit liqee 12 OTHER
deposit long 1000 USD
deposit short 1000 USD
trade   PERP buy liqee sell short 10 @ 10 | PERP buy long sell short 22 @ 10
mark    PERP 5
expect  bankrupt 1
expect  taken desk PERP via backstop 10
expect  converted liqee 12
expect  gap 28
expect  fund paid 1
expect  fund main 0
expect  haircut paid 27
expect  haircut short 16
expect  haircut long 11
expect  balance liqee USD 0
expect  carryover main 0
