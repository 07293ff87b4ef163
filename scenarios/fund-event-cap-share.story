# The cap per event as a share of what is closed: 5% of its value at the mark. (R14)
# Alice's 1.5 are worth 120 at 80, 5% of it 6: of the gap of 20 the fund, which has 50, pays 6, bob 14.
# [Percolator caps a draw by basis points of the event's notional: its 50 bps of 1,000,000 are 5,000]
include haircut-world.story
pool    main event-cap-share 0.05 money fund | deleveraged price zero | haircut | carryover
fund    main deposit 50
mark    BTC-PERP 80.0
expect  gap 20
expect  fund paid 6
expect  deleveraged bob 14
expect  fund main 44
expect  balance bob 66
expect  equity dan 80
