# The limit of a liquidation order is the bankruptcy price, rounded toward the account. (R8, R11, R3)
# Long 1.5 from 100 with 20: bankrupt at 86.667. Short the same: 113.333. Limits: 86.7 for the one who sells, 113.3 for
# the one who buys back. At 88.8 alice has 3.2 against 3.33 and keeps 0.720 (0.720 x 88.8 x 5% = 3.1968), so 0.780 go out.
# At 111 she is rich again and her order ends; bob has 3.5 against 4.1625 and it is his turn.
asset   USDC decimals 6
pool    main asset USDC
  quantity  book | adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 20 USDC
deposit bob 20 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
mark    BTC-PERP 88.8
expect  state alice working
expect  order-lots alice BTC-PERP 0.78
expect  order-limit alice BTC-PERP 86.7
expect  state bob healthy
mark    BTC-PERP 111.0
expect  state alice healthy
expect  state bob working
expect  order-limit bob BTC-PERP 113.3
expect  orders 1
expect  size alice BTC-PERP 1.5
expect  size bob BTC-PERP -1.5
expect  equity alice 36.5
expect  equity bob 3.5
