# Allocation min-max of lots: the largest share that anyone gives is as small as it can be. (R13, R16)
# Nobody can give less than 5/12 of the position unless another gives more: 0.833, 1.667, 2.5, as in adl-pro-rata.
include adl-world.story
pool    main quantity adl score pnl-x-leverage allocate min-max
mark    BTC-PERP 90.0
expect  taken bob BTC-PERP via profit 0.833
expect  taken carol BTC-PERP via profit 1.667
expect  taken dave BTC-PERP via profit 2.5
expect  size bob BTC-PERP -1.167
expect  size carol BTC-PERP -2.333
expect  size dave BTC-PERP -3.5
expect  size lena BTC-PERP 7
expect  fund paid 20
