# An unhealthy account's debt is first paid from its collateral, then positions are closed. (R5a, R11, R21)
# Carol (0.1 BTC) has lost 1,200 and holds 10 ETH from 1,880. BTC falls to 20,000, counted 16,000: equity 1,600 - 1,200 = 400
# against 470. The desk takes 1,200 / 16,000 = 0.075 BTC for the debt; equity is still 400. That carries 8,000 of notional,
# 4.25 ETH (7,990; 4.26: 8,008.80), so 5.75 are closed against bob, at mark.
asset   USDC decimals 6
asset   BTC decimals 8
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
account vault pool main
deposit vault 100000 USDC
desk    vault share 1
collateral BTC pool main tick 0.1 haircut 0.2
mark    collateral BTC 50000.0 ETH-PERP 2000.00
account carol pool main
deposit carol 0.1 BTC
deposit bob 10000 USDC
trade   ETH-PERP buy carol sell bob 10 @ 2000.00
mark    ETH-PERP 1880.00
trade   ETH-PERP buy bob sell carol 10 @ 1880.00
expect  balance carol USDC -1200
expect  equity carol 2800
trade   ETH-PERP buy carol sell bob 10 @ 1880.00
expect  mm carol 470
mark    collateral BTC 20000.0
expect  converted carol 1200
expect  balance carol USDC 0
expect  balance carol BTC 0.025
expect  closed carol ETH-PERP 5.75
expect  size carol ETH-PERP 4.25
expect  equity carol 400
expect  balance vault USDC 98800
expect  balance vault BTC 0.075
expect  size bob ETH-PERP -4.25
expect  equity bob 11200
expect  gap 0
