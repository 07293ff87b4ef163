# Attack: free a locked profit by moving it to another account of the same owner. (R18)
# Expected: refused. Bob has realised 20 of his 70; until the settle 50 may leave, by whatever way.
asset   USDC decimals 6
pool    main asset USDC profit settlement
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
account bob pool main owner bob
account bob-2 pool main owner bob
deposit alice 50 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
mark    BTC-PERP 80.0
trade   BTC-PERP buy bob sell alice 1 @ 80.0
expect  locked-profit bob 20
transfer bob bob-2 60 USDC refused profit_locked
transfer bob bob-2 50 USDC
withdraw bob-2 50 USDC
expect  balance bob 20
expect  withdrawable bob 0
settle  main
expect  withdrawable bob 20
expect  balance alice 30
