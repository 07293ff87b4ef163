# Of several collateral assets the one of the largest value is taken first. (R5a)
# Carol owes 1,200 and has 1,000 USDX and 0.05 BTC. BTC at 16,000 less a fifth counts 640: equity 1,000 + 640 - 1,200 = 440
# against 470 for her 10 ETH. Taken: all 1,000 USDX, then 200 / 12,800 = 0.015625 BTC. 440 carries 4.68 ETH (8,798.40).
asset   USDC decimals 6
asset   BTC decimals 8
asset   USDX decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
account vault pool main
deposit vault 100000 USDC
desk    vault share 1
collateral BTC pool main tick 0.1 haircut 0.2
collateral USDX pool main tick 0.0001
mark    collateral BTC 50000.0 collateral USDX 1.0000 ETH-PERP 2000.00
account carol pool main
deposit carol 0.05 BTC
deposit carol 1000 USDX
deposit bob 10000 USDC
trade   ETH-PERP buy carol sell bob 10 @ 2000.00
mark    ETH-PERP 1880.00
trade   ETH-PERP buy bob sell carol 10 @ 1880.00
trade   ETH-PERP buy carol sell bob 10 @ 1880.00
expect  equity carol 1800
mark    collateral BTC 16000.0
expect  converted carol 1200
expect  balance carol USDC 0
expect  balance carol USDX 0
expect  balance carol BTC 0.034375
expect  balance vault USDC 98800
expect  balance vault USDX 1000
expect  balance vault BTC 0.015625
expect  size carol ETH-PERP 4.68
expect  equity carol 440
expect  equity bob 11200
expect  gap 0
