# Another asset counts as collateral at its price less a haircut, and its price moves like a mark. (R5)
# 0.5 BTC at 60,000 less a tenth: 27,000. It carries 10 ETH at 2,000 (initial margin 1,000). At 30,000 it counts 13,500. 0.1
# of it may leave: 10,800 are left. More than equity less margin may not: 0.4 BTC would leave 0.
asset   USDC decimals 6
asset   BTC decimals 8
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
account vault pool main
deposit vault 100000 USDC
desk    vault share 1
collateral BTC pool main tick 0.1 haircut 0.1
mark    collateral BTC 60000.0 ETH-PERP 2000.00
account carol pool main
deposit carol 0.5 BTC
deposit bob 10000 USDC
expect  collateral carol 27000
expect  equity carol 27000
trade   ETH-PERP buy carol sell bob 10 @ 2000.00
expect  im carol 1000
mark    collateral BTC 30000.0
expect  collateral carol 13500
expect  equity carol 13500
expect  state carol healthy
withdraw carol 0.1 BTC
expect  balance carol BTC 0.4
expect  equity carol 10800
withdraw carol 0.4 BTC refused insufficient
expect  balance carol USDC 0
expect  balance vault 100000
expect  equity bob 10000
