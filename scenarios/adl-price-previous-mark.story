# Price previous-mark: the deleveraged account gives back at most what the closed lots earned it in this batch. (R13, R9)
# Alice holds 2 BTC from 100 and 1 ETH from 200 with 60. BTC slid to 91 before; now BTC 90 and ETH 140: lost 20 + 60, gap 20,
# by losses 5 of it BTC's and 15 ETH's. Bob pays at most 2 x (91 - 90) = 2, so 3 are carried over; dan pays 15 of his 60.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price previous-mark | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
deposit alice 60 USDC
deposit bob 200 USDC
deposit dan 200 USDC
mark    BTC-PERP 100.0 ETH-PERP 200.00
trade   BTC-PERP buy alice sell bob 2 @ 100.0
trade   ETH-PERP buy alice sell dan 1 @ 200.00
mark    BTC-PERP 91.0
expect  liquidated 0
mark    BTC-PERP 90.0 ETH-PERP 140.00
expect  gap 20
expect  gap BTC-PERP 5
expect  gap ETH-PERP 15
expect  deleveraged bob 2
expect  deleveraged dan 15
expect  carryover BTC-PERP 3
expect  carryover ETH-PERP 0
expect  balance bob 218
expect  balance dan 245
expect  balance alice 0
