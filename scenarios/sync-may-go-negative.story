# A fund that may go negative pays what an offer makes missing, whatever it has: no offer is refused for it. (R11, R14)
# The fund has 5. Alice's 10 units at 87.0 bring 870, 20 less than 890: the shared part is at -15, a loss is open.
include sync-world.story
pool    main may-go-negative on
fund    main deposit 5
mark    BTC-PERP 88.0
liquidate alice BTC-PERP 10 @ 87.0 taker carol
expect  closed alice BTC-PERP via book 10
expect  fund paid 20
expect  shared-fund main -15
expect  balance alice 0
fund    main withdraw 1 refused insufficient
