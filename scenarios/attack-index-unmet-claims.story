# Attack: fill the fund before anybody who was charged by index has been touched, so that no claim is in the way. (R15, R17)
# Who was charged by index and never touched has a claim all the same.
# As in haircut-index-balance: 20 of 160 on balances are lost by index, and nobody has done anything since, so that no claim is
# booked yet. 20 come into the fund and repay what was taken: bob 7.5, carol 7.5, dan 5.
asset   USDC decimals 6
pool    main asset USDC quantity adl score pnl allocate queue refund-share 1
  money     haircut base balance scope pool apply index | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 20 USDC
deposit bob 20 USDC
deposit carol 60 USDC
deposit dan 40 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 80.0
expect  haircut paid 20
expect  claims 0
fund    main deposit 20
expect  repaid bob 7.5
expect  repaid carol 7.5
expect  repaid dan 5
expect  claims 0
expect  fund main 0
expect  balance bob 60
expect  balance carol 60
expect  balance dan 40
