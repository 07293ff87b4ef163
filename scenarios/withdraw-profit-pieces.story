# What a settlement has freed stays free, whatever leaves first. (R18)
# Bob has 50 of his own, 20 of profit that a settlement freed and 30 that he has won since: 70 of his 100 may leave. He takes 40,
# which are money paid in; the other 30, 10 paid in and 20 of freed profit, may leave as before, and 30 stay locked.
asset   USDC decimals 6
pool    main asset USDC profit settlement
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 100 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
mark    BTC-PERP 80.0
settle  main
expect  balance bob 70
mark    BTC-PERP 50.0
trade   BTC-PERP buy bob sell alice 1 @ 50.0
expect  balance bob 100
expect  locked-profit bob 30
expect  withdrawable bob 70
withdraw bob 40 USDC
expect  locked-profit bob 30
expect  withdrawable bob 30
withdraw bob 20 USDC
expect  locked-profit bob 30
withdraw bob 10.000001 USDC refused profit_locked
withdraw bob 10 USDC
expect  balance bob 30
expect  withdrawable bob 0
