# The end price is a price like any other: who is bankrupt at it goes through the waterfall first. (R19, R21)
# The book of haircut-world in a dated future, expired at 80: alice is 20 short, bob (closed first) pays 20 of his 30. Then
# carl and dan are paid: 60 - 20 and 60 + 20.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-DEC pool main tick 0.1 lot 0.001 expiry 2025-12-26T08:00:00Z brackets 0:0.05:0.025
deposit alice 10 USDC
deposit bob 50 USDC
deposit carl 60 USDC
deposit dan 60 USDC
mark    BTC-DEC 100.0
trade   BTC-DEC buy alice sell bob 1.5 @ 100.0
trade   BTC-DEC buy carl sell dan 1 @ 100.0
expire  BTC-DEC 80.0
expect  status BTC-DEC resolved
expect  balance alice 0
expect  balance bob 60
expect  balance carl 40
expect  balance dan 80
expect  claim bob 20
expect  positions 0
expect  carryover main 0
