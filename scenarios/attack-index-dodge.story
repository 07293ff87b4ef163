# Attack: dodge a haircut by index: turn the position, open right after the raise, be on the other side at the next. (R15)
# At 80 alice lacks 18, which fall to 3 shorts: bob's 2 are closed by ADL and pay 12, dan's 1 owes 6. Dan turns to long 1: what he owes
# is booked first, 50 + 20 - 6. Eve, who sells to him, is a short now and owes nothing. At 60 carl lacks 10; eve is the only short
# with 2, of which 1 is closed: 5 at once, 5 by index. Dan, long now, pays nothing more.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score visit-order allocate queue
  money     haircut base size apply index | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 22 USDC
deposit bob 50 USDC
deposit carl 30 USDC
deposit dan 50 USDC
deposit eve 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
trade   BTC-PERP buy carl sell dan 1 @ 100.0
mark    BTC-PERP 80.0
expect  gap 18
expect  haircut bob 12
expect  equity bob 78
expect  equity dan 64
trade   BTC-PERP buy dan sell eve 2 @ 80.0
expect  haircut dan 6
expect  claim dan 6
expect  balance dan 64
expect  size dan BTC-PERP 1
expect  equity eve 100
mark    BTC-PERP 60.0
expect  gap 10
expect  haircut paid 10
expect  haircut eve 5
expect  equity eve 130
expect  equity dan 44
expect  equity bob 78
trade   BTC-PERP buy eve sell dan 1 @ 60.0
expect  haircut eve 10
expect  balance eve 130
expect  balance dan 44
expect  carryover main 0
