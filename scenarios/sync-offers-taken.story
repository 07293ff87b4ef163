# Book sync: a bankrupt account's lots wait for offers, and the fund pays what each makes missing. (R11, R9) [dYdX v4]
# Alice's equity is -10 on 880: each of her 10 units must bring 89. 4 at 88.0 bring 352, 4 less than 356; then -6 are left
# on 6 units, which at 87.5 bring 525, 9 less than 534. The fund's 20 pay both: 7 stay, alice ends with nothing.
include sync-world.story
fund    main deposit 20
mark    BTC-PERP 88.0
expect  state alice working
expect  equity alice -10
expect  size alice BTC-PERP 10
expect  order-lots alice BTC-PERP 10
expect  waiting 1
expect  bankrupt 0
expect  gap 0
liquidate alice BTC-PERP 4 @ 88.0 taker carol | 6 @ 87.5 taker bob
expect  closed alice BTC-PERP via book 10
expect  taken carol BTC-PERP via book 4
expect  taken bob BTC-PERP via book 6
expect  gap 13
expect  fund paid 13
expect  fund main 7
expect  balance alice 0
expect  state alice healthy
expect  size carol BTC-PERP 4
expect  size bob BTC-PERP -4
expect  balance carol 500
expect  balance bob 575                      # 6 units bought back 12.5 below their price
expect  waiting 0
expect  orders 0
