# Profits that are released by settlement only: won today, paid out after the settle. (R18, R19)
# Bob realises 20 at 80: balance 70, of which 20 are locked, so 50 may leave. After settle all 70.
asset   USDC decimals 6
pool    main asset USDC profit settlement
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 50 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
mark    BTC-PERP 80.0
trade   BTC-PERP buy bob sell alice 1 @ 80.0
expect  balance bob 70
expect  locked-profit bob 20
expect  withdrawable bob 50
expect  withdrawable alice 30
withdraw bob 60 USDC refused profit_locked
settle  main
expect  locked-profit bob 0
expect  withdrawable bob 70
withdraw bob 70 USDC
expect  balance bob 0
expect  balance alice 30
