# Trades far from the mark are refused where a market has a price band. (R4a)
# Band 10% around 100: 110.0 and 90.0 are inside, 110.1 and 89.9 are not. Without a band any price is allowed, as long as
# both sides keep their initial margin at the mark: alice loses 10 at once by paying 110.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 band 0.1 brackets 0:0.05:0.025
deposit alice 50 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 110.1 refused price_band
trade   BTC-PERP buy alice sell bob 1 @ 89.9 refused price_band
trade   BTC-PERP buy alice sell bob 1 @ 110.0
expect  equity alice 40
expect  equity bob 60
trade   BTC-PERP buy alice sell bob 1 @ 90.0
expect  equity alice 50
expect  equity bob 50
market  BTC-PERP band 0
trade   BTC-PERP buy alice sell bob 0.1 @ 110.1
expect  equity alice 48.99
expect  size alice BTC-PERP 2.1
