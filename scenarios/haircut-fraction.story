# A haircut layer may take at most a fraction of what a payer has gained; the rest is carried over. (R15, R17)
# A quarter of 30 is 7.5, of 20 it is 5: both are taken, 7.5 of the gap of 20 stay open.
include haircut-world.story
pool    main money haircut base positive-upnl fraction 0.25 | carryover
mark    BTC-PERP 80.0
expect  haircut bob 7.5
expect  haircut dan 5
expect  carryover paid 7.5
expect  carryover BTC-PERP 7.5
expect  carryover main 7.5
expect  balance bob 72.5
expect  equity dan 75
expect  equity carl 40
expect  equity eva 200
