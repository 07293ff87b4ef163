# Base balance: everybody pays by the money he has put down, flat or not; profit that is not realised does not count. (R15)
# Alice (20) is long 2 from 100: at 80 she has -20. Bob, short 2, is closed by ADL at mark and his balance becomes 140, but
# the base is what it was when the round started: bob 100, carol 60 and dan 40 (both flat) give 10, 6 and 4. Eve's balance
# is below zero, her collateral is worth more: a debt is no balance. [Mango v4, marginfi: a loss is spread over deposits]
asset   USDC decimals 6
asset   BTC decimals 8
pool    main asset USDC
  quantity  adl score pnl allocate queue
  money     haircut base balance scope pool allocate capped-pro-rata | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
deposit alice 20 USDC
deposit bob 100 USDC
deposit carol 60 USDC
deposit dan 40 USDC
account vault pool main
desk    vault
collateral BTC pool main tick 0.1 amount-max 500
mark    collateral BTC 100.0 BTC-PERP 100.0 ETH-PERP 10.00
deposit eve 1 BTC
trade   ETH-PERP buy eve sell vault 1 @ 10.00 refused initial_margin
deposit vault 5 USDC
trade   ETH-PERP buy eve sell vault 1 @ 10.00
mark    ETH-PERP 9.00
trade   ETH-PERP buy vault sell eve 1 @ 9.00
expect  balance eve -1
withdraw vault 6 USDC
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 80.0
expect  gap 20
expect  taken bob BTC-PERP via profit 2
expect  haircut bob 10
expect  haircut carol 6
expect  haircut dan 4
expect  haircut eve 0
expect  balance bob 130
expect  balance carol 54
expect  balance dan 36
expect  balance eve -1
expect  carryover main 0
