# Price split: two thirds of the rest from the deleveraged account, one third from all winners. (R13, R15)
# Gap 20, fund 5. Of the other 15 bob, who was closed, pays 10; the last 5 are a haircut on the winners' profits of 30
# and 20: bob 3, dan 2. Bob ends with 50 + 30 - 13 = 67, dan with 80 - 2 = 78.
include haircut-world.story
pool    main money fund | deleveraged price split | haircut base positive-upnl | carryover
fund    main deposit 5
mark    BTC-PERP 80.0
expect  gap 20
expect  fund paid 5
expect  deleveraged bob 10
expect  haircut paid 5
expect  haircut bob 3
expect  haircut dan 2
expect  balance bob 67
expect  equity dan 78
expect  upnl dan 18
expect  claim bob 13
expect  claim dan 2
expect  equity carl 40
expect  equity eva 200
