# Allocation capped-pro-rata of lots: cap and weight are the same, so it is pro-rata. (R13, R16)
# One level of 5/12 for all, below every cap: 0.833, 1.667, 2.5, as in adl-pro-rata.
include adl-world.story
pool    main quantity adl score pnl-x-leverage allocate capped-pro-rata
mark    BTC-PERP 90.0
expect  taken bob BTC-PERP via profit 0.833
expect  taken carol BTC-PERP via profit 1.667
expect  taken dave BTC-PERP via profit 2.5
expect  closed vera BTC-PERP 5
expect  equity bob 30
expect  equity carol 232
expect  equity dave 112
expect  size lena BTC-PERP 7
expect  fund paid 20
