# An offer whose gap the fund cannot pay whole is not taken, and ends the list; the rest goes to ADL. (R11, R13) [dYdX v4]
# The fund has 5. The first offer's gap of 4 is paid. The second would lack 9, the fund has 1: refused, and the third, whose
# gap of 1 it could pay, is not looked at. 6 units go to bob at the mark; of alice's -6 the fund pays its 1, bob 5.
include sync-world.story
fund    main deposit 5
mark    BTC-PERP 88.0
liquidate alice BTC-PERP 4 @ 88.0 taker carol | 6 @ 87.5 taker carol | 1 @ 88.0 taker carol
expect  closed alice BTC-PERP via book 4
expect  closed alice BTC-PERP via profit 6
expect  taken carol BTC-PERP 4
expect  gap 10
expect  fund paid 5
expect  deleveraged bob 5
expect  fund main 0
expect  balance alice 0
expect  balance bob 567                      # 6 units at a profit of 12 each, less 5
expect  size bob BTC-PERP -4
expect  waiting 0
