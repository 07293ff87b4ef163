# An index has no cap: whom it makes unhealthy is found by his trigger and is in the next round. (R15, R7, R21)
# Both sides pay. Alice's gap is 21: bob's 1.5 lots, closed by ADL, and the 2.0 that carl and dan hold share it 9 : 12, so 6 a lot.
# Carl, long 1 from 100 with 25, stood at 5 and was healthy (MM 2); he stands at -1, though no price has moved. In the second
# round dan, who owed 6, is closed against him and pays the 1 as one who was closed.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     haircut base size side both apply index | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 9 USDC
deposit bob 50 USDC
deposit carl 25 USDC
deposit dan 60 USDC
deposit eva 200 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
trade   BTC-PERP buy carl sell dan 1 @ 100.0
mark    BTC-PERP 80.0
expect  rounds 2
expect  gap 22
expect  haircut paid 22
expect  bankrupt 2
expect  haircut bob 9
expect  balance bob 71
expect  balance carl 0
expect  claim carl 6
expect  haircut dan 7
expect  balance dan 73
expect  claim dan 7
expect  open-interest BTC-PERP 0
expect  equity eva 200
expect  carryover main 0
