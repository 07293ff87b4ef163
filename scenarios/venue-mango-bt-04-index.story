# Without a fund all of a deficit of 28 is spread over open interest by index, half a unit a lot. (R15)
# Case: mango-bt-04-no-fund
# Source: blockworks-foundation/mango-v4, programs/mango-v4/tests/cases/test_liq_perps_bankruptcy.rs, block 4
# Liqee has lost 50, has 10 of money, which pay first, and 12 of other assets: 28 are missing. All who hold the market when
# the index rises pay, the desk that has just taken liqee's 10 lots too: 28 short, 18 long, and the desk's 10 make 56, half
# a unit each: 14, 9 and 5.
asset   USD decimals 3
asset   OTHER decimals 3
pool    main asset USD
  quantity  backstop | adl
  money     fund fee 0.05 | haircut base size side both apply index | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0:0
account desk pool main
deposit desk 1000 USD
desk    desk share 1 market-max 1000
collateral OTHER pool main tick 1
mark    PERP 10 collateral OTHER 1
deposit liqee 10 USD
deposit liqee 12 OTHER
deposit long 1000 USD
deposit short 1000 USD
trade   PERP buy liqee sell short 10 @ 10 | PERP buy long sell short 18 @ 10
mark    PERP 5
expect  converted liqee 12
expect  gap 28
expect  fund paid 0
expect  haircut paid 28
expect  cost short PERP -266
expect  cost long PERP 189
expect  cost desk PERP 55
trade   PERP buy short sell long 18 @ 5
expect  haircut short 14
expect  haircut long 9
expect  claim short 14
expect  balance long 901
expect  balance liqee USD 0
expect  carryover main 0
