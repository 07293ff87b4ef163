# The worked example of attribution: the whole gap belongs to the market that lost. (R9)
# Alice (100) is long 10 BTC from 100 and 10 ETH from 10. BTC falls to 80 and loses her 200, ETH stands still: equity -100.
# By losses all 100 are BTC's; by margin (mm) ETH, which did nothing, would have had to bear a part of it.
asset   USDC decimals 6
pool    main asset USDC
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
expect  gap BTC-PERP 100
expect  gap ETH-PERP 0
expect  carryover BTC-PERP 100
expect  carryover ETH-PERP 0
expect  size alice BTC-PERP 0
expect  size alice ETH-PERP 0
expect  balance bob 300
expect  balance dan 100
