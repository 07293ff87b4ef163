# A fund worth 9 pays 9 of a deficit of 30; 21 are spread over open interest. (R14, R15)
# Case: mango-bt-08-other-fund-token
# Source: blockworks-foundation/mango-v4, programs/mango-v4/src/instructions/perp_liq_negative_pnl_or_bankruptcy.rs,
#   table row "bankruptcy, with insurance 1"
# In the case the fund is 6 of a token at 3.0, and the settlement token stands at 2.0: 6 x 3.0 / 2.0 = 9. Breakwater's fund
# is of the pool's asset, so it is 9 here. Liqee has lost 50, no money, and other assets of 20: 30 are missing. 21 fall on
# 26 lots short and 16 long: half a unit each.
asset   USD decimals 3
asset   OTHER decimals 3
pool    main asset USD
  quantity  backstop | adl
  money     fund fee 0 | haircut base size side both | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0:0
account desk pool main
deposit desk 1000 USD
desk    desk share 1 market-max 1000
collateral OTHER pool main tick 1
mark    PERP 10 collateral OTHER 1
fund    main deposit 9
deposit liqee 20 OTHER
deposit long 1000 USD
deposit short 1000 USD
trade   PERP buy liqee sell short 10 @ 10 | PERP buy long sell short 16 @ 10
mark    PERP 5
expect  converted liqee 20
expect  gap 30
expect  fund paid 9
expect  fund main 0
expect  haircut paid 21
expect  haircut short 13
expect  haircut long 8
expect  balance liqee USD 0
expect  carryover main 0
