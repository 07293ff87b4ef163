# The drawdown trigger works only while the fund stands above a minimum. (R14)
# A fund of 40, below the 50 from which the trigger works: all 40 are usable, and all 20 of the gap are paid.
include haircut-world.story
pool    main drawdown-set 0.3 drawdown-clear 0.25 drawdown-min 50 money fund | deleveraged price zero | haircut | carryover
fund    main deposit 40
expect  usable 40
mark    BTC-PERP 80.0
expect  fund paid 20
expect  fund main 20
expect  drawdown 0
expect  usable 20
expect  balance bob 80
expect  equity dan 80
