# A loss that nobody could pay is carried over; the fund's inflows pay it, in part or whole. (R17)
# The list is empty but for carryover: 20 stay open. With a share of a half a deposit of 10 gives 5 to it and 5 to the fund;
# with the whole share 20 more pay the last 15, and 5 stay: fund 10. All that time everyone's money is what it was.
include haircut-world.story
pool    main carryover-share 0.5 money carryover
mark    BTC-PERP 80.0
expect  carryover paid 20
expect  carryover BTC-PERP 20
expect  balance bob 80
expect  equity dan 80
fund    main deposit 10
expect  carryover BTC-PERP 15
expect  fund main 5
pool    main carryover-share 1
fund    main deposit 20
expect  carryover BTC-PERP 0
expect  fund main 10
expect  balance bob 80
expect  equity dan 80
expect  equity carl 40
expect  equity eva 200
