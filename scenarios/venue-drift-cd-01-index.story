# A loss of 100 over deposits of 1,000 by index: each is 0.9 of what it was at once, booked when it is touched. (R15)
# Case: drift-cd-01-deposit-index
# Source: drift-labs/protocol-v2, programs/drift/src/controller/liquidation/tests.rs, successful_resolve_spot_bankruptcy
# Bob has 400, carol 300, dan 200. Loser, who has nothing, loses 100 to bob, whose position is closed: deposits of 1,000
# when the index falls, from 1 to 0.9 with its step rounded up: 450, 270 and 180, together 900. A later deposit of 100 is
# worth 100.
asset   USD decimals 6
pool    main asset USD
  quantity  adl
  money     fund | haircut base balance scope pool apply index step ceil | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0:0
account loser pool main
deposit bob 400 USD
deposit carol 300 USD
deposit dan 200 USD
mark    PERP 200
trade   PERP buy loser sell bob 1 @ 200
mark    PERP 100
expect  gap 100
expect  haircut paid 100
expect  balance bob 450
expect  balance carol 270
expect  balance dan 180
expect  haircut carol 0
expect  claim carol 0
deposit carol 100 USD
expect  balance carol 370
expect  haircut carol 30
expect  claim carol 30
withdraw dan 180 USD
expect  balance dan 0
expect  claim dan 20
expect  carryover main 0
