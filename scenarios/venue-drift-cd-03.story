# A loss where nobody has a deposit: nobody is charged, and it is carried over. (R15, R17)
# Case: drift-cd-03-no-deposits
# Source: drift-labs/protocol-v2, programs/drift/src/math/liquidation/tests.rs, zero_total_deposits
# Neither loser nor bob has put down anything, and the market asks no margin. Loser loses 100; bob's gain is no deposit.
asset   USD decimals 6
pool    main asset USD
  quantity  adl
  money     fund | haircut base balance scope pool | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0:0
account loser pool main
account bob pool main
mark    PERP 200
trade   PERP buy loser sell bob 1 @ 200
mark    PERP 100
expect  gap 100
expect  haircut paid 0
expect  haircut bob 0
expect  carryover main 100
