# A fund that pays whole losses or none pays the gap of an offer whole, and then that of the rest whole or not. (R11, R14)
# [dYdX v4] The fund has 7. 2 units at 88.0 lack 2, paid; 5 stay. 8 more at 88.0 would lack 8: refused. They are closed
# against bob at the mark, and of alice's -8 the fund pays nothing: bob pays all.
include sync-world.story
pool    main all-or-nothing on
fund    main deposit 7
mark    BTC-PERP 88.0
liquidate alice BTC-PERP 2 @ 88.0 taker carol | 8 @ 88.0 taker carol
expect  taken carol BTC-PERP 2
expect  closed alice BTC-PERP via profit 8
expect  gap 10
expect  fund paid 2
expect  deleveraged bob 8
expect  fund main 5
expect  balance alice 0
