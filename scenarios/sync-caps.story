# The fund's caps bind the gaps of offers together, though nothing was reserved for them. (R11, R14)
# event-cap 6 for what one `liquidate` does: 4 at 88.0 lack 4, the next 4 would make it 8. What is left goes on as an event
# of its own: of the -6 the fund pays 6. A window-cap of 8 would have left 4; so it does in the second half, where zoe's
# lots are as alice's were: 4 for the offers, 4 for the rest, ken the 2 that lack.
include sync-world.story
pool    main event-cap 6
fund    main deposit 100
mark    BTC-PERP 88.0
liquidate alice BTC-PERP 4 @ 88.0 taker carol | 4 @ 88.0 taker carol
expect  taken carol BTC-PERP 4
expect  fund paid 10
expect  deleveraged bob 0
pool    main event-cap 0 window-cap 18       # 10 of it are paid
deposit zoe 110 USDC
deposit ken 500 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy zoe sell ken 10 @ 100.0
mark    BTC-PERP 88.0
liquidate zoe BTC-PERP 4 @ 88.0 taker carol | 6 @ 88.0 taker carol
expect  taken carol BTC-PERP 4
expect  fund paid 8
expect  deleveraged ken 2
expect  fund main 82
