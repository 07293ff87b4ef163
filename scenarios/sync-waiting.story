# While a bankrupt account waits a loss is open: it may pay in and no more, and no profit leaves the pool. (R11, R18, R14)
# Bob has won 120, and takes half of it: he buys 5 back from carol at 88.0. Of his balance of 560 only the 500 that he paid
# in may leave. Nobody joins the fund or takes from it. Nobody wants alice's lots: her -7, after a deposit of 3, are paid by
# the fund's 1 and by bob, closed at a profit of 60 on 5 units; carol's 5 have none. The loss is booked, bob's 614 are free.
include sync-world.story
fund    main deposit 1
mark    BTC-PERP 88.0
expect  waiting 1
expect  state alice working
trade   BTC-PERP buy bob sell carol 5 @ 88.0
withdraw alice 1 USDC refused in_liquidation
trade   BTC-PERP buy alice sell carol 1 @ 88.0 refused in_liquidation
trade   BTC-PERP buy carol sell alice 1 @ 88.0 refused in_liquidation
order   alice margin 1 refused in_liquidation
order   alice end BTC-PERP refused book_mode
fill    alice BTC-PERP 10 @ 88.0 taker carol refused book_mode
expect  balance bob 560
expect  withdrawable bob 500
withdraw bob 501 USDC refused withdrawal_gated
fund    main withdraw 0.5 refused withdrawal_gated
stake   carol 1 refused loss_open
deposit alice 3 USDC
expect  equity alice -7
liquidate alice BTC-PERP
expect  fund paid 1
expect  deleveraged bob 6
expect  deleveraged carol 0
expect  waiting 0
expect  withdrawable bob 614
withdraw bob 614 USDC
