# A loss of 100 over deposits of 1,000: every deposit is worth 0.9 of what it was. (R15)
# Case: drift-cd-01-deposit-index
# Source: drift-labs/protocol-v2, programs/drift/src/controller/liquidation/tests.rs, successful_resolve_spot_bankruptcy
# There is no fund. Bob, carol and dan have 500, 300 and 200. Loser, who has nothing, loses 100 to bob, and all pay a tenth
# of what they had when this happened: 50, 30 and 20. Bob's gain of 100 was not yet a deposit. In Drift the borrower's loss
# has no winner.
asset   USD decimals 6
pool    main asset USD
  quantity  adl
  money     fund | haircut base balance scope pool | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0:0
account loser pool main
deposit bob 500 USD
deposit carol 300 USD
deposit dan 200 USD
mark    PERP 200
trade   PERP buy loser sell bob 1 @ 200
mark    PERP 100
expect  gap 100
expect  haircut paid 100
expect  haircut bob 50
expect  haircut carol 30
expect  haircut dan 20
expect  balance carol 270
expect  balance dan 180
expect  balance bob 550
expect  fund main 0
expect  carryover main 0
