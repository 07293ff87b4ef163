# Attribution by margin: the gap falls to markets by maintenance margin, also to the one that lost nothing. (R9)
# Alice (100) is long 10 BTC from 100 and 10 ETH from 10. BTC falls to 80: equity -100. MM 20 in BTC, 2.5 in ETH: of the gap
# 100 x 20 / 22.5 = 88.888888.9 goes to BTC, 11.111111.1 to ETH; floored they leave one unit, BTC has the larger remainder.
# The same day by losses is worked-attribution: all 100 are BTC's. [dYdX v4]
asset   USDC decimals 6
pool    main asset USDC attribution mm
  quantity  adl score pnl-x-leverage allocate queue
  money     carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
deposit alice 100 USDC
deposit bob 100 USDC
deposit dan 100 USDC
mark    BTC-PERP 100.0 ETH-PERP 10.00
trade   BTC-PERP buy alice sell bob 10 @ 100.0
trade   ETH-PERP buy alice sell dan 10 @ 10.00
mark    BTC-PERP 80.0
expect  gap 100
expect  gap BTC-PERP 88.888889
expect  gap ETH-PERP 11.111111
expect  carryover BTC-PERP 88.888889
expect  carryover ETH-PERP 11.111111
expect  balance alice 0
expect  balance bob 300
expect  balance dan 100
