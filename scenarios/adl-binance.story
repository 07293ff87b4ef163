# Score binance: the profit of the whole account over its balance, times its margin ratio. (R13)
# Bob puts in 40 more (balance 50) and buys 10 ETH at 10.00, which fall to 8.10: his BTC won 20, his account only 1.
#   dave  12 / 100 = 0.1200, MM 540 x 2.5% = 13.5 of 112 (12.05%): 0.01446
#   carol 32 / 200 = 0.1600, MM 360 x 2.5% =  9.0 of 232 ( 3.88%): 0.00621
#   bob    1 /  50 = 0.0200, MM (180 + 81) x 2.5% = 6.525 of 51 (12.79%): 0.00256
# By his position alone bob would have 20 / 50 x 12.79% = 0.05118 and be the first. Dave gives all 5.
include adl-world.story
pool    main quantity adl score binance allocate queue
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
deposit bob 40 USDC
mark    ETH-PERP 10.00
trade   ETH-PERP buy bob sell lena 10 @ 10.00
mark    BTC-PERP 90.0 ETH-PERP 8.10
expect  upnl bob 1
expect  mm bob 6.525
expect  taken dave BTC-PERP via profit 5
expect  taken bob BTC-PERP 0
expect  taken carol BTC-PERP 0
expect  size dave BTC-PERP -1
expect  equity bob 51
expect  equity dave 112
expect  fund paid 20
