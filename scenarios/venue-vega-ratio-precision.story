# Where the ratio of 16 decimals shows: two equal gains, an even loss, and yet they pay 209 and 207. (R16, R19)
# Vega, final settlement (vega-mr-15-expiry-haircut-ratio-precision): mark 1000 -> 42, fund 500. party2 has 1,000 and owes
# 1,916: 916 are missing, the fund pays 500. 416 / 3,832 = 0.10855949895615866...; of 16 decimals 0.1085594989561587, and 1,916
# of it are 208.00000000000007: aux2 gives 209, he keeps floor(1,916 x 0.8914405010438413) = 1,707. Of the 2 too much party1,
# the last, gives the less: 207. In the second pool, by floor-last, the shares are exact: 208 and 208.
asset   CASH decimals 0
pool    main asset CASH settle-on mark
  quantity  backstop | adl
  money     fund | haircut base period-gains scope pool rounding ratio16 | carryover
market  FUT pool main tick 1 lot 1 brackets 0:0.01:0.005
account network
desk    network share 1 discount 0.999999 market-max 1000000000 fund-desk
pool    exact asset CASH settle-on mark
  quantity  adl
  money     fund | haircut base period-gains scope pool rounding floor-last | carryover
market  FUT2 pool exact tick 1 lot 1 brackets 0:0.01:0.005
account aux1x pool exact
account party2x pool exact
account aux2x pool exact
account party1x pool exact
fund    main deposit 500
fund    exact deposit 500
deposit aux1 1000000 CASH
deposit party2 1000 CASH
deposit aux2 1000000 CASH
deposit party1 10000 CASH
deposit aux1x 1000000 CASH
deposit party2x 1000 CASH
deposit aux2x 1000000 CASH
deposit party1x 10000 CASH
mark    FUT 1000 FUT2 1000
trade   FUT buy aux1 sell aux2 2 @ 1000 | FUT buy party2 sell party1 2 @ 1000
trade   FUT2 buy aux1x sell aux2x 2 @ 1000 | FUT2 buy party2x sell party1x 2 @ 1000
mark    FUT 42 FUT2 42
expect  gap main 916
expect  fund paid main 500
expect  haircut paid main 416
expect  haircut aux2 209
expect  haircut party1 207
expect  balance aux2 1001707
expect  balance party1 11709
expect  balance party2 0
expect  fund main 0
expect  haircut aux2x 208
expect  haircut party1x 208
expect  balance party1x 11708
expect  fund exact 0
