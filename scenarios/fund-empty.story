# The second trigger: an empty fund is marked empty until money comes in. (R14)
# Fund 5, gap 20: it pays 5, all there is; bob pays 15. A deposit of 3 clears the trigger.
include haircut-world.story
pool    main money fund | deleveraged price zero | haircut | carryover
fund    main deposit 5
expect  empty main 0
mark    BTC-PERP 80.0
expect  fund paid 5
expect  fund main 0
expect  empty main 1
expect  usable 0
fund    main deposit 3
expect  empty main 0
expect  usable 3
expect  fund main 3
expect  balance bob 65
expect  equity dan 80
