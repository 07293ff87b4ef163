# The fund never pays below its floor. (R14)
# Fund 20, floor 15: 5 are usable. Of the gap of 20 bob pays the other 15.
include haircut-world.story
pool    main fund-floor 15 money fund | deleveraged price zero | haircut | carryover
fund    main deposit 20
expect  usable 5
mark    BTC-PERP 80.0
expect  fund paid 5
expect  deleveraged bob 15
expect  fund main 15
expect  usable 0
expect  balance bob 65
expect  equity dan 80
