# Attack: an accomplice takes a solvent account's waiting lots far below the mark, before a real offer, at the fund's expense. (R9, R11, R14)
# At 93 alice has 40, zero value of her 10 units is 89 each. Carol is in league with her: 10 at 70.0 is outside the band of 10%, 10 at
# 84.0 lacks 50, more than the cap of 10 per event, and would end the list; so she offers 2 at 84.0, which lacks 10. Dan's 8 at the mark
# come after it: 32 better, of which the fund gets its 10 back. Carol has won 18, alice has lost 18, the fund nothing. With zoe nobody
# offers for the rest, which meets ken at the mark: she keeps 32 of 40, carol wins 18 again, the fund has paid 10. That is all that two
# owners can take from it: its cap.
include sync-world.story
pool    main full-close-under 10000 event-cap 10
market  BTC-PERP band 0.1
fund    main deposit 100
deposit dan 500 USDC
mark    BTC-PERP 93.0
liquidate alice BTC-PERP 10 @ 70.0 taker carol | 2 @ 84.0 taker carol | 8 @ 93.0 taker dan
expect  taken carol BTC-PERP via book 2
expect  taken dan BTC-PERP via book 8
expect  fund paid 10
expect  fund main 100
expect  balance alice 22
expect  equity carol 518
deposit zoe 110 USDC
deposit ken 1000 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy zoe sell ken 10 @ 100.0
mark    BTC-PERP 93.0
liquidate zoe BTC-PERP 2 @ 84.0 taker carol | 8 @ 84.0 taker carol | 8 @ 93.0 taker dan
expect  taken carol BTC-PERP 2
expect  taken dan BTC-PERP 0
expect  fund paid 10
expect  fund main 90
expect  closed zoe BTC-PERP 10
expect  balance zoe 32
expect  equity carol 536
