# Score hyperliquid-doc, mark/entry x leverage as documented: among shorts it prefers those who gained least. (R13)
# bob 90/100 x 6 = 5.40, dave 90/92 x 4.82 = 4.72, carol 90/98 x 1.55 = 1.43: bob gives 2, dave 3, carol nothing.
include adl-world.story
pool    main quantity adl score hyperliquid-doc allocate queue
mark    BTC-PERP 90.0
expect  taken bob BTC-PERP via profit 2
expect  taken dave BTC-PERP via profit 3
expect  taken carol BTC-PERP 0
expect  balance bob 30
expect  size dave BTC-PERP -3
expect  equity dave 112
expect  equity carol 232
expect  size lena BTC-PERP 7
expect  fund paid 20
