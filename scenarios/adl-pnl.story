# Score pnl: the largest gain in money is closed first. (R13)
# Carol has 32, bob 20, dave 12: carol gives all her 4, bob 1 of his 2.
include adl-world.story
pool    main quantity adl score pnl allocate queue
mark    BTC-PERP 90.0
expect  taken carol BTC-PERP via profit 4
expect  taken bob BTC-PERP via profit 1
expect  taken dave BTC-PERP 0
expect  balance carol 232
expect  size bob BTC-PERP -1
expect  equity bob 30
expect  equity dave 112
expect  size lena BTC-PERP 7
expect  fund paid 20
