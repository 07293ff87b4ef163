# Without a fund all of a deficit of 28 is spread over open interest. (R15)
# Case: mango-bt-04-no-fund
# Source: blockworks-foundation/mango-v4, programs/mango-v4/tests/cases/test_liq_perps_bankruptcy.rs, block 4
# Liqee has lost 50, has 10 of money, which pay first, and 12 of other assets: 28 are missing. 33 lots short and 23 long
# make 56, half a unit each: 16.5 and 11.5.
asset   USD decimals 3
asset   OTHER decimals 3
pool    main asset USD
  quantity  backstop | adl
  money     fund fee 0.05 | haircut base size side both | carryover
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
trade   PERP buy liqee sell short 10 @ 10 | PERP buy long sell short 23 @ 10
mark    PERP 5
expect  converted liqee 12
expect  gap 28
expect  fund paid 0
expect  haircut paid 28
expect  haircut short 16.5
expect  haircut long 11.5
expect  balance liqee USD 0
expect  carryover main 0
