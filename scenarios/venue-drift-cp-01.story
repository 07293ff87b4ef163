# A profit is paid as far as its losers have paid in; the rest stays a claim. (R15, R17)
# Case: drift-cp-01-pool-short
# Source: drift-labs/protocol-v2, programs/drift/src/controller/pnl/tests.rs, user_unsettled_positive_pnl_more_than_pool
# A has 100 and wins 100 from b, who had 50. The other 50 are cut from the only winner: he has 150, and a claim on 50. Drift
# serves claimants as they ask, and here there is only one; among several, Breakwater cuts all alike.
asset   USD decimals 6
pool    main asset USD
  quantity  adl
  money     fund | haircut base positive-upnl | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0.1:0.05
deposit a 100 USD
deposit b 50 USD
mark    PERP 200
trade   PERP buy b sell a 1 @ 200
mark    PERP 100
expect  gap 50
expect  haircut a 50
expect  balance a 150
expect  claim a 50
expect  balance b 0
expect  carryover main 0
