# A stablecoin that loses its peg bankrupts an account without any position: a gap of the pool, not of a market. (R5, R9, R10)
# Carol owes 600 against 1,000 USDX. At 0.5 they count 500: 100 short. The desk takes all USDX for 500; of the 100 the shared
# fund pays 60, and 40 are carried over by the pool; no market has caused it, so none owes it.
asset   USDC decimals 6
asset   USDX decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | shared-fund | deleveraged price zero | haircut | carryover
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
fund    main deposit 60
fund    main deposit 30 market ETH-PERP
account vault pool main
deposit vault 100000 USDC
desk    vault share 1
collateral USDX pool main tick 0.0001
mark    collateral USDX 1.0000 ETH-PERP 2000.00
account carol pool main
deposit carol 1000 USDX
deposit bob 10000 USDC
trade   ETH-PERP buy carol sell bob 5 @ 2000.00
mark    ETH-PERP 1880.00
trade   ETH-PERP buy bob sell carol 5 @ 1880.00
expect  balance carol USDC -600
expect  equity carol 400
mark    collateral USDX 0.5000
expect  bankrupt 1
expect  converted carol 500
expect  gap 100
expect  gap ETH-PERP 0
expect  fund paid 0
expect  shared-fund paid 60
expect  carryover paid 40
expect  carryover main 40
expect  carryover ETH-PERP 0
expect  fund ETH-PERP 30
expect  balance carol USDC 0
expect  balance carol USDX 0
expect  balance vault USDC 99500
expect  balance vault USDX 1000
expect  balance bob 10600
