# Three winners of 8, 4 and 0.5 who sold 0.4, 0.5 and 0.1 BTC: the book of the allocate-... stories. (R16)
# Vic bought 0.1 at 85 from cleo, 0.5 at 88 from beth, 0.4 at 100 from anna, with 5. At 80 he has lost 2 x 0.25 + 4 + 8 = 12.5
# and is 7.5 short. All three are closed whole and pay as layer deleveraged: weights 0.4, 0.5, 0.1 lots, caps 8, 4, 0.5.
# Equities at 80: anna 8 + 8 = 16, beth 36 + 4 = 40, cleo 7.5 + 0.5 = 8; so leverages 32/16 = 2, 40/40 = 1, 8/8 = 1.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score size allocate queue
  money     deleveraged price zero allocate capped-pro-rata | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit anna 8 USDC
deposit beth 36 USDC
deposit cleo 7.5 USDC
deposit vic 5 USDC
deposit eva 100 USDC
mark    BTC-PERP 85.0
trade   BTC-PERP buy vic sell cleo 0.1 @ 85.0
mark    BTC-PERP 88.0
trade   BTC-PERP buy vic sell beth 0.5 @ 88.0
mark    BTC-PERP 100.0
trade   BTC-PERP buy vic sell anna 0.4 @ 100.0
expect  equity vic 12.5
expect  equity anna 8
expect  equity beth 30
expect  equity cleo 6
expect  equity eva 100
