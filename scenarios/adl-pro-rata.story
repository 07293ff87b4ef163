# Allocation pro-rata: every winner gives the same share of the position. (R13, R16)
# 5 of 12 lots: bob 2 x 5/12 = 0.8333, carol 1.6667, dave 2.5. Whole lots of 0.001: 0.833, 1.666, 2.500 and the last one to
# the largest remainder, carol: 1.667. Bob realises 0.833 x 10 = 8.33.
include adl-world.story
pool    main quantity adl score pnl-x-leverage allocate pro-rata
mark    BTC-PERP 90.0
expect  taken bob BTC-PERP via profit 0.833
expect  taken carol BTC-PERP via profit 1.667
expect  taken dave BTC-PERP via profit 2.5
expect  size bob BTC-PERP -1.167
expect  size carol BTC-PERP -2.333
expect  size dave BTC-PERP -3.5
expect  balance bob 18.33
expect  equity bob 30
expect  equity carol 232
expect  equity dave 112
expect  size lena BTC-PERP 7
expect  fund paid 20
