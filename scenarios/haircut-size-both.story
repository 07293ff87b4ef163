# Haircut by size on both sides: the losing side's healthy lots pay too, the bankrupt account's cannot. (R15, R16)
# Gap 20, fund 2.5. 17.5 over bob's 1.5, dan's 1 and carl's 1: 5 a lot; alice's 1.5 have nothing left (cap 0).
include haircut-world.story
pool    main money fund | haircut base size side both | carryover
fund    main deposit 2.5
mark    BTC-PERP 80.0
expect  fund paid 2.5
expect  haircut paid 17.5
expect  haircut bob 7.5
expect  haircut dan 5
expect  haircut carl 5
expect  haircut alice 0
expect  balance bob 72.5
expect  balance dan 55
expect  balance carl 55
expect  equity carl 35
expect  equity eva 200
expect  balance alice 0
