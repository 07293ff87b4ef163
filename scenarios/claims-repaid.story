# Who paid a haircut has a claim; while the fund stands high enough, a share of its inflow repays it. (R17)
# Bob paid 12, dan 8. Half of the inflow repays while the fund is above 50: a deposit of 40 does not reach that. 20 more make
# 60: 10 are repaid, 6 and 4. 30 more: 15 could be, but only 10 are still owed: 6 and 4. Fund 40 + 20 - 10 + 30 - 10 = 70.
include haircut-world.story
pool    main refund-share 0.5 refund-above 50 money haircut base positive-upnl | carryover
mark    BTC-PERP 80.0
expect  claims 20
fund    main deposit 40
expect  claims 20
expect  fund main 40
fund    main deposit 20
expect  repaid bob 6
expect  repaid dan 4
expect  claim bob 6
expect  claim dan 4
expect  fund main 50
fund    main deposit 30
expect  claim bob 0
expect  claim dan 0
expect  claims 0
expect  fund main 70
expect  balance bob 80
expect  equity dan 80
expect  equity carl 40
expect  equity eva 200
