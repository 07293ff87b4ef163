# Two haircuts after each other, each with its base: first a quarter of the profits, then everyone's equity. (R10, R15)
# First layer: bob 7.5, dan 5. The other 7.5 fall on the equities read at the round's start, 80, 40, 80, 200: 1.875% of
# each: bob 1.50, carl 0.75, dan 1.50, eva 3.75.
include haircut-world.story
pool    main money haircut base positive-upnl fraction 0.25 | haircut base equity scope pool | carryover
mark    BTC-PERP 80.0
expect  haircut paid 20
expect  haircut bob 9
expect  haircut dan 6.5
expect  haircut carl 0.75
expect  haircut eva 3.75
expect  balance bob 71
expect  equity dan 73.5
expect  equity carl 39.25
expect  balance eva 196.25
expect  claim dan 6.5
expect  carryover main 0
