# A round may be done in the smallest steps, one payer a call: the result is the same to the unit. (R21)
# The limit is one unit of work a call. The numbers are those of haircut-equity: 5% of 80, 40, 80, 200.
limits  work-max 1
include haircut-world.story
pool    main money haircut base equity scope pool | carryover
mark    BTC-PERP 80.0
expect  gap 20
expect  haircut bob 4
expect  haircut carl 2
expect  haircut dan 4
expect  haircut eva 10
expect  rounds 1
expect  balance bob 76
expect  equity carl 38
expect  equity dan 76
expect  balance eva 190
expect  balance alice 0
