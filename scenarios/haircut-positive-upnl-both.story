# Haircut on profits of both sides: a winner on the losing side pays like the others, who loses pays nothing. (R15)
# Fay is long 1 from 30 against gus. At 80 the profits are bob's 30, dan's 20 and fay's 50; gap 20: 20% of each, bob 6, dan 4,
# fay 10. Bob was closed at mark: 80 - 6. The others' charges are in their cost: dan -100 + 4, fay 30 + 10. Without
# `side both` bob would pay 12 and dan 8.
include haircut-world.story
pool    main money haircut base positive-upnl side both | carryover
deposit fay 100 USDC
deposit gus 200 USDC
trade   BTC-PERP buy fay sell gus 1 @ 30.0
mark    BTC-PERP 80.0
expect  gap 20
expect  haircut paid 20
expect  haircut bob 6
expect  haircut dan 4
expect  haircut fay 10
expect  haircut gus 0
expect  haircut carl 0
expect  balance bob 74
expect  cost dan BTC-PERP -96
expect  cost fay BTC-PERP 40
expect  upnl fay 40
expect  balance fay 100
expect  equity gus 150
expect  equity carl 40
expect  equity eva 200
expect  claims 20
expect  carryover paid 0
