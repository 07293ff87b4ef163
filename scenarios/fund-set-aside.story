# A part of the fund that is set aside pays nothing; it stands on the floor. (R14)
# Fund 20, floor 9, set aside 6: 5 are usable. Of the gap of 20 bob pays the other 15.
include haircut-world.story
pool    main fund-floor 9 fund-reserved 6 money fund | deleveraged price zero | haircut | carryover
fund    main deposit 20
expect  usable 5
mark    BTC-PERP 80.0
expect  fund paid 5
expect  deleveraged bob 15
expect  fund main 15
expect  usable 0
