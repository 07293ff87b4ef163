# Score leverage: notional over equity alone, whatever was won. (R13)
# Bob stands at 6.00, dave at 4.82, carol at 1.55: bob gives his 2, dave the other 3, though carol has won more than he.
include adl-world.story
pool    main quantity adl score leverage allocate queue
mark    BTC-PERP 90.0
expect  taken bob BTC-PERP via profit 2
expect  taken dave BTC-PERP via profit 3
expect  taken carol BTC-PERP 0
expect  size dave BTC-PERP -3
expect  equity bob 30
expect  equity dave 112
expect  equity carol 232
expect  fund paid 20
