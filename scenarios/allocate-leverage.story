# Rule risk-weighted in a haircut: profit times leverage, both as they were before any close. (R16, R15)
# Gap 20. Bob: profit 30, leverage 120/80 = 1.5: weight 45. Dan: profit 20, leverage 80/80 = 1: weight 20. Of 65 parts bob bears
# 45: 13.846154, dan 20: 6.153846. That bob was closed meanwhile and has no leverage now does not let him off.
include haircut-world.story
pool    main money deleveraged price mark | haircut base positive-upnl allocate risk-weighted | carryover
mark    BTC-PERP 80.0
expect  haircut paid 20
expect  haircut bob 13.846154
expect  haircut dan 6.153846
expect  balance bob 66.153846
expect  equity dan 73.846154
expect  equity carl 40
expect  equity eva 200
expect  carryover main 0
