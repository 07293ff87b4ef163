# Every allowed withdrawal can be paid, whoever's profit is unrealised. (R18)
# Bob's profit of 20 is alice's loss, which is in her balance still. He may take his 50; she, with 50 - 20 - 4 of margin, 26.
# Asked in either order both are paid, and what stays, 24, is bob's 20 and her margin of 4.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 50 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
mark    BTC-PERP 80.0
expect  withdrawable bob 50
expect  withdrawable alice 26
withdraw bob 50 USDC
withdraw alice 26 USDC
withdraw bob 0.000001 USDC refused insufficient
withdraw alice 0.000001 USDC refused insufficient
expect  equity bob 20
expect  equity alice 4
expect  balance alice 24
expect  balance bob 0
expect  state alice healthy
