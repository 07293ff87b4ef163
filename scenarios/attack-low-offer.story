# Attack: an accomplice offers to take a bankrupt account's lots far below the mark, so that the fund pays him. (R11, R14, R4a)
# The rule against one's own lots does not see two owners. What bounds it: the band, 5% of 88.0, so that 83.5 is refused, and
# the fund's cap for one `liquidate`, 20. 3 units at 83.6 lack 16.2; 3 more would be over the cap, which ends the list. (All 10
# would have lacked 54.) Mallory has won 3 x 4.4 = 13.2 of the fund's 100; the rest meets bob at the mark, and
# alice's -7 are an event of their own.
include sync-world.story
market  BTC-PERP band 0.05
pool    main event-cap 20
fund    main deposit 100
deposit mallory 500 USDC
mark    BTC-PERP 88.0
liquidate alice BTC-PERP 10 @ 83.5 taker mallory | 3 @ 83.6 taker mallory | 3 @ 83.6 taker mallory | 4 @ 83.6 taker mallory
expect  taken mallory BTC-PERP 3
expect  equity mallory 513.2
expect  closed alice BTC-PERP via profit 7
expect  fund paid 23.2
expect  deleveraged bob 0
expect  fund main 76.8
expect  balance alice 0
