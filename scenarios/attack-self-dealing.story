# Attack: trade with yourself far from the mark, leave one account empty and the venue with the loss. (R4a)
# Expected: refused by the band; without a band refused as soon as the loser would lack initial margin. With 60 mallory-a may
# buy 1 at 150 (60 - 50 = 10 >= 5): it is her own money that moves to mallory-b. At 91 a has 1 against 2.275 and is closed,
# solvent, at mark; the fund pays nothing, and the two have 1 + 119 = 120 as before.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 band 0.05 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 100
account mallory-a pool main owner mallory
account mallory-b pool main owner mallory
deposit mallory-a 50 USDC
deposit mallory-b 60 USDC
mark    BTC-PERP 100.0 ETH-PERP 100.0
trade   BTC-PERP buy mallory-a sell mallory-b 1 @ 150.0 refused price_band
trade   ETH-PERP buy mallory-a sell mallory-b 1 @ 150.0 refused initial_margin
deposit mallory-a 10 USDC
trade   ETH-PERP buy mallory-a sell mallory-b 1 @ 150.0
expect  equity mallory-a 10
expect  equity mallory-b 110
mark    ETH-PERP 91.0
expect  gap 0
expect  fund paid 0
expect  equity mallory-a 1
expect  equity mallory-b 119
expect  size mallory-a ETH-PERP 0.219
expect  size mallory-b ETH-PERP -0.219
expect  fund main 100
