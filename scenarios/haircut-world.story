# One long near the end of his money, two winners, one healthy loser, one without a position: the book of many stories. (R4)
# Alice is long 1.5 from 100 with 10 against bob; carl long 1 against dan. At 80 alice has 10 - 30 = -20, bob 50 + 30 = 80,
# carl 60 - 20 = 40, dan 60 + 20 = 80, eva 200. Bob comes first in the ADL queue: 20% x 120/80 against dan's 20% x 80/80.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 10 USDC
deposit bob 50 USDC
deposit carl 60 USDC
deposit dan 60 USDC
deposit eva 200 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
trade   BTC-PERP buy carl sell dan 1 @ 100.0
expect  equity alice 10
expect  im alice 7.5
expect  equity eva 200
expect  open-interest BTC-PERP 2.5
