# A dated future ends: every position is paid at the end price, and the market is over. (R19)
# Alice long 1 from 100, carl 2 more; bob short 3. At 110: + 10, + 20, - 30. No position is left, no trade possible.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-DEC pool main tick 0.1 lot 0.001 expiry 2025-12-26T08:00:00Z underlying BTC brackets 0:0.05:0.025
deposit alice 50 USDC
deposit bob 100 USDC
deposit carl 50 USDC
mark    BTC-DEC 100.0
trade   BTC-DEC buy alice sell bob 1 @ 100.0
trade   BTC-DEC buy carl sell bob 2 @ 100.0
at 2025-12-26T08:00:00Z expire BTC-DEC 110.0
expect  status BTC-DEC resolved
expect  balance alice 60
expect  balance carl 70
expect  balance bob 70
expect  positions 0
expect  open-interest BTC-DEC 0
expect  dust 0
trade   BTC-DEC buy alice sell bob 1 @ 110.0 refused market_closed
expect  equity alice 60
