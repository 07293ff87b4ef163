# Score pnl-x-leverage: the one who gained most with the least money is closed first. (R13)
# Vera's 5 at 90, by the products in adl-world: bob (0.600) all his 2, carol (0.127) the other 3 of her 4, dave nothing.
# At mark it moves nobody's equity: bob 10 + 20, carol 200 + 24 realised and 8 on the last lot. The fund pays vera's 20.
include adl-world.story
mark    BTC-PERP 90.0
expect  closed vera BTC-PERP 5
expect  taken bob BTC-PERP via profit 2
expect  taken carol BTC-PERP via profit 3
expect  taken dave BTC-PERP 0
expect  balance bob 30
expect  balance carol 224
expect  equity carol 232
expect  size carol BTC-PERP -1
expect  size dave BTC-PERP -6
expect  equity dave 112
expect  size lena BTC-PERP 7
expect  equity lena 486
expect  gap 20
expect  fund paid 20
expect  fund main 10
expect  balance vera 0
