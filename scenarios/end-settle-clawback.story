# Weekly clawback: at the settle the period's open loss is taken from the period's gains, the same share of each. (R19)
# 20 were carried over; the period's gains are bob's 30 (closed at mark) and dan's 20: 40% of each, 12 and 8. Whoever lost or
# did nothing pays nothing: carl, eva. The loss is closed.
include haircut-world.story
pool    main money carryover
mark    BTC-PERP 80.0
expect  carryover main 20
expect  period-gain bob 30
expect  period-gain dan 20
settle  main
expect  carryover main 0
expect  balance bob 68
expect  balance dan 72
expect  balance carl 40
expect  balance eva 200
expect  size dan BTC-PERP -1
expect  upnl dan 0
