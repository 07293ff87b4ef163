# A wait ends: order-life after it began, with the next marks, the lots go on as those of any order. (R11)
# 10 s later alice still waits, at 88.5 with -5. After 31 s an offer is too late; the marks after that close her 10 units
# against bob at 88.0, and her -10 are his to pay.
include sync-world.story
pool    main order-life 30s
mark    BTC-PERP 88.0
step    10s
mark    BTC-PERP 88.5
expect  state alice working
expect  equity alice -5
expect  waiting 1
step    21s
liquidate alice BTC-PERP 10 @ 88.5 taker carol refused order_ended
mark    BTC-PERP 88.0
expect  closed alice BTC-PERP via profit 10
expect  gap 10
expect  deleveraged bob 10
expect  balance alice 0
expect  state alice healthy
expect  waiting 0
