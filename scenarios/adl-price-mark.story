# Price mark: the deleveraged account pays nothing for being closed; the haircut falls on all winners alike. (R13, R15)
# Gap 20, fund 5. The other 15 are shared over the profits of 30 and 20, read before any close: bob 9, dan 6.
include haircut-world.story
pool    main money fund | deleveraged price mark | haircut base positive-upnl | carryover
fund    main deposit 5
mark    BTC-PERP 80.0
expect  deleveraged paid 0
expect  haircut bob 9
expect  haircut dan 6
expect  balance bob 71
expect  size bob BTC-PERP 0
expect  equity dan 74
expect  balance dan 60
expect  equity carl 40
expect  equity eva 200
