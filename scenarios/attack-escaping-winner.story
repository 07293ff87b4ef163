# Attack: a winner who is closed by ADL has no profit left when the haircut comes. (R15)
# Expected: the base is read before any close. Bob is closed whole at mark and pays 12 like a winner of 30, dan 8. Had he
# escaped, dan alone would have borne all of the 20.
include haircut-world.story
pool    main money deleveraged price mark | haircut base positive-upnl | carryover
mark    BTC-PERP 80.0
expect  size bob BTC-PERP 0
expect  deleveraged paid 0
expect  haircut bob 12
expect  haircut dan 8
expect  balance bob 68
expect  equity dan 72
expect  equity carl 40
expect  equity eva 200
expect  carryover main 0
