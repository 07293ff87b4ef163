# Attack: an event that fills the fund it draws on. (R14, R21)
# Expected: an event sees the fund as it was at its start. At 92 zack (5 on 1 from 100) is 3 short; alice is sold to the desk as
# in backstop-solvent-discount and pays a fee of 0.515057. The fund had 1: it pays 1, 2 are carried over; then the fee comes
# in (none of it to the carryover, share 0): fund 0.515057.
asset   USDC decimals 6
pool    main asset USDC liquidation-fee 0.005 carryover-share 0
  quantity  backstop | adl score pnl-x-leverage allocate queue
  money     fund | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 1
account vault pool main
deposit vault 1000 USDC
desk    vault share 1 discount 0.01 market-max 500
deposit alice 20 USDC
deposit zack 5 USDC
deposit bob 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
trade   BTC-PERP buy zack sell bob 1 @ 100.0
mark    BTC-PERP 92.0
expect  gap 3
expect  fund paid 1
expect  carryover paid 2
expect  carryover main 2
expect  fund main 0.515057
expect  equity alice 2.444423
expect  balance zack 0
expect  size vault BTC-PERP 2.131
expect  equity vault 1001.04052
expect  equity bob 124
