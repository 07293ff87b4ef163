# Whose money pays what is carried at the settle is a setting: base, rule and fraction as of any haircut of the pool. (R19)
# 20 are carried after the crash; bob's 30 were realised by ADL, dan still holds a profit of 20. From unrealised profits, half of
# each at most: dan pays 10, bob nothing, and 10 stay carried. Then from equity, all alike: bob 80, carl 40, dan 70 and eva 200
# pay 2.5 each; alice has nothing.
include haircut-world.story
pool    main clawback base positive-upnl fraction 0.5 money carryover
mark    BTC-PERP 80.0
expect  carryover main 20
settle  main
expect  haircut dan 10
expect  haircut bob 0
expect  carryover main 10
expect  balance bob 80
expect  balance dan 70
expect  balance carl 40
pool    main clawback base equity allocate equal
settle  main
expect  carryover main 0
expect  balance bob 77.5
expect  balance dan 67.5
expect  balance carl 37.5
expect  balance eva 197.5
expect  balance alice 0
expect  claim dan 12.5
# a clawback is the pool's and is charged at once
pool    main clawback base size refused bad_setting
pool    main clawback base balance apply index refused bad_setting
