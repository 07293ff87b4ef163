# Haircut on equity: everyone in the pool pays, even who has no position. (R15)
# Gap 20; equities at 80: bob 80, carl 40, dan 80, eva 200, together 400: 5% of each: 4, 2, 4, 10. From balances.
include haircut-world.story
pool    main money haircut base equity scope pool | carryover
mark    BTC-PERP 80.0
expect  haircut bob 4
expect  haircut carl 2
expect  haircut dan 4
expect  haircut eva 10
expect  haircut paid 20
expect  balance bob 76
expect  balance carl 58
expect  equity carl 38
expect  equity dan 76
expect  balance eva 190
expect  claim eva 10
expect  carryover main 0
