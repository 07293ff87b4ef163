# One market may take only so much from the fund in one window. (R14, R9)
# Gaps 5 in BTC and 15 in ETH, as in fund-two-markets; the fund has 50, at most 4 for each market: 1 and 11 are carried over.
asset   USDC decimals 6
pool    main asset USDC market-cap 4
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
fund    main deposit 50
deposit alice 60 USDC
deposit bob 200 USDC
deposit dan 200 USDC
mark    BTC-PERP 100.0 ETH-PERP 200.00
trade   BTC-PERP buy alice sell bob 2 @ 100.0
trade   ETH-PERP buy alice sell dan 1 @ 200.00
mark    BTC-PERP 90.0 ETH-PERP 140.00
expect  fund paid 8
expect  carryover BTC-PERP 1
expect  carryover ETH-PERP 11
expect  fund main 42
expect  balance bob 220
expect  balance dan 260
