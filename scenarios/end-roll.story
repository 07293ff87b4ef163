# Rolling: one future ends, the same positions go on in the next. (R19)
# BTC-DEC ends at 101: alice's long 1 from 100 earns 1, bob loses it. Both stand in BTC-MAR from 101.5 with nothing earned.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-DEC pool main tick 0.1 lot 0.001 expiry 2025-12-26T08:00:00Z underlying BTC brackets 0:0.05:0.025
market  BTC-MAR pool main tick 0.1 lot 0.001 expiry 2026-03-27T08:00:00Z underlying BTC brackets 0:0.05:0.025
deposit alice 50 USDC
deposit bob 50 USDC
mark    BTC-DEC 100.0 BTC-MAR 101.5
trade   BTC-DEC buy alice sell bob 1 @ 100.0
roll    BTC-DEC 101.0 into BTC-MAR @ 101.5
expect  status BTC-DEC resolved
expect  balance alice 51
expect  balance bob 49
expect  size alice BTC-MAR 1
expect  size bob BTC-MAR -1
expect  cost alice BTC-MAR 101.5
expect  upnl alice 0
expect  open-interest BTC-DEC 0
