# The same attack where the fund pays first: expected loss of the fund, its cap per event. (R14)
# Gap 150, cap 5: the fund pays 5, her own short 145. She ends with 0 + 50 + 200 - 145 = 105 for 100: five, not a hundred.
asset   USDC decimals 6
pool    main asset USDC event-cap 5
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 100
account mallory-a pool main owner mallory
account mallory-b pool main owner mallory
deposit mallory-a 50 USDC
deposit mallory-b 50 USDC
deposit eva 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy mallory-a sell mallory-b 10 @ 100.0
mark    BTC-PERP 80.0
expect  gap 150
expect  fund paid 5
expect  deleveraged mallory-b 145
expect  balance mallory-b 105
expect  balance mallory-a 0
expect  fund main 95
expect  balance eva 50
