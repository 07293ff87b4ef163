# What may leave: neither unrealised profit nor margin in use. (R18)
# 50 less the initial margin of 7.5 is 42.5. At 110 equity is 65, margin 8.25: 56.75, but the balance is 50, so 50. Then alice
# lives on her profit of 15 alone, and may take nothing.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 50 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
expect  withdrawable alice 42.5
withdraw alice 42.500001 USDC refused insufficient
mark    BTC-PERP 110.0
expect  withdrawable alice 50
withdraw alice 50.000001 USDC refused insufficient
withdraw alice 50 USDC
expect  balance alice 0
expect  equity alice 15
expect  withdrawable alice 0
withdraw alice 0.000001 USDC refused insufficient
expect  withdrawable bob 26.75
expect  equity bob 35
