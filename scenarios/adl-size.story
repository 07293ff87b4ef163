# Score size: the largest position is closed first. (R13)
# Dave has 6 and gives all 5; he is the one who gained least.
include adl-world.story
pool    main quantity adl score size allocate queue
mark    BTC-PERP 90.0
expect  taken dave BTC-PERP via profit 5
expect  taken bob BTC-PERP 0
expect  taken carol BTC-PERP 0
expect  size dave BTC-PERP -1
expect  balance dave 110
expect  equity dave 112
expect  equity bob 30
expect  equity carol 232
expect  size lena BTC-PERP 7
expect  fund paid 20
