# A bankrupt account with lots in two markets waits in both, and is closed whole when its last wait ends. (R11, R9)
# Alice is long 10 BTC-PERP (880, lost 120) and 2 ETH-PERP at 50.00 (100, flat): equity -10, MM 44 and 5. Nobody wants her
# BTC-PERP: they stay, for ETH-PERP still waits. Carol takes the 2 at 50.00; zero value is 100 + floor(10 x 5 / 49) of -10,
# 101.020409, so the gap is 1.020409, which the fund pays. Now nothing else of hers waits: the 10 BTC-PERP go to bob, and
# of the -8.979591 that are left the fund pays what it has, 0.979591, and bob 8.
include sync-world.story
market  ETH-PERP pool main tick 0.01 lot 0.001 brackets 0:0.1:0.05
deposit dora 100 USDC
mark    ETH-PERP 50.00
deposit alice 10 USDC
trade   ETH-PERP buy alice sell dora 2 @ 50.00
withdraw alice 10 USDC
fund    main deposit 2
mark    BTC-PERP 88.0
expect  orders 2
liquidate alice BTC-PERP
expect  size alice BTC-PERP 10
expect  state alice working
expect  orders 1
liquidate alice ETH-PERP 2 @ 50.00 taker carol
expect  taken carol ETH-PERP via book 2
expect  closed alice BTC-PERP via profit 10
expect  fund paid ETH-PERP 1.020409
expect  fund paid BTC-PERP 0.979591
expect  deleveraged bob 8
expect  balance alice 0
expect  state alice healthy
expect  fund main 0
