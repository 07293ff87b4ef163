# Attack: an accomplice's first offer brings a penalty into the fund that is to pay for his second, far below the mark. (R11, R14)
# At 91 alice has 20 and waits with 10 units, 890 at zero value; the fund is empty, the penalty 1% with penalty-first on. Carol takes
# 5 at the mark: 455 less 4.55 is 5.45 better than 445. Alice has 15.45, so 5 at 87.4 would be 437 - 4.55 against 439.55: 7.1 too
# few. Its own penalty could pay 4.55 of that, but not the one before, which came after the list: the fund cannot pay whole, and
# the rest meets bob at the mark. Alice keeps 20 - 9.1.
include sync-world.story
pool    main penalty 0.01 penalty-first on full-close-under 10000
mark    BTC-PERP 91.0
liquidate alice BTC-PERP 5 @ 91.0 taker carol | 5 @ 87.4 taker carol
expect  taken carol BTC-PERP 5
expect  closed alice BTC-PERP via profit 5
expect  penalty alice 9.1
expect  gap 0
expect  balance alice 10.9
expect  equity carol 500
expect  fund main 9.1
