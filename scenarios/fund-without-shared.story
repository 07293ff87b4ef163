# Where the list does not name the shared part, layer fund draws on it after the buckets, pro rata to what the markets
# still lack. (R10, R14)
# The same gaps, 5 and 15. BTC's bucket pays 3, so 2 and 15 are lacking; of the shared 4, BTC gets 4 x 2 / 17 = 0.470588,
# ETH 3.529412. 1.529412 and 11.470588 are carried over.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
fund    main deposit 3 market BTC-PERP
fund    main deposit 4
deposit alice 60 USDC
deposit bob 200 USDC
deposit dan 200 USDC
mark    BTC-PERP 100.0 ETH-PERP 200.00
trade   BTC-PERP buy alice sell bob 2 @ 100.0
trade   ETH-PERP buy alice sell dan 1 @ 200.00
mark    BTC-PERP 90.0 ETH-PERP 140.00
expect  fund main 0
expect  carryover BTC-PERP 1.529412
expect  carryover ETH-PERP 11.470588
expect  carryover paid 13
expect  balance bob 220
expect  balance dan 260
