# Resolving a market takes its open loss from its profits first, by allocation, not first come. (R19, R16)
# Of alice's gap of 20 the fund paid 12; 8 are carried over. Dan and fred are short 1 each from 100, carl long 2. Resolved at
# 80 the profits are 20 and 20; the open 8 are taken from them, 4 each: 60 + 20 - 4. Bob, closed before, keeps his 80.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 12
deposit alice 10 USDC
deposit bob 50 USDC
deposit carl 100 USDC
deposit dan 60 USDC
deposit fred 60 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
trade   BTC-PERP buy carl sell dan 1 @ 100.0
trade   BTC-PERP buy carl sell fred 1 @ 100.0
mark    BTC-PERP 80.0
expect  taken bob BTC-PERP via profit 1.5
expect  carryover BTC-PERP 8
resolve BTC-PERP 80.0
expect  status BTC-PERP resolved
expect  carryover main 0
expect  balance dan 76
expect  balance fred 76
expect  balance carl 60
expect  balance bob 80
expect  balance alice 0
expect  fund main 0
expect  positions 0
