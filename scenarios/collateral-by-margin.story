# A gap that no market has caused falls on the markets by maintenance margin, when there are positions. (R9)
# Carol owes 600 against 1,000 USDX and is long 3 BTC at 1,000 and 10 ETH at 100, both where she bought them: margins 75 and 25.
# At 0.5 her USDX count 500: 100 short, 75 of it BTC's, 25 ETH's. Her positions are closed against bob, who wins nothing by it.
asset   USDC decimals 6
asset   USDX decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
account vault pool main
deposit vault 100000 USDC
desk    vault share 1
collateral USDX pool main tick 0.0001
mark    collateral USDX 1.0000 BTC-PERP 1000.0 ETH-PERP 100.00
account carol pool main
deposit carol 1000 USDX
deposit bob 10000 USDC
trade   BTC-PERP buy carol sell bob 5 @ 1000.0
mark    BTC-PERP 880.0
trade   BTC-PERP buy bob sell carol 5 @ 880.0
mark    BTC-PERP 1000.0
trade   BTC-PERP buy carol sell bob 3 @ 1000.0
trade   ETH-PERP buy carol sell bob 10 @ 100.00
expect  equity carol 400
expect  mm carol 100
mark    collateral USDX 0.5000
expect  gap 100
expect  gap BTC-PERP 75
expect  gap ETH-PERP 25
expect  carryover BTC-PERP 75
expect  carryover ETH-PERP 25
expect  carryover main 100
expect  balance carol USDX 0
expect  balance carol USDC 0
expect  balance bob 10600
expect  positions 0
