# Attack: leave the index nobody who holds a lot, and come later: the closed pay by lots at once, who comes later owes nothing. (R15)
# At 150 bob, short 2 with 40, lacks 60. The only long is alice: closed by ADL, she has 120 and pays all 60; the index has no lot to
# rise for. Eve, long 2 from 150 after that, owes nothing. She sells at 154 to carl and leaves with her 8. At 169 dan, short 2 from 150
# with 10, lacks 28: carl, closed with 10 + 30, pays them.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl allocate queue
  money     haircut base size apply index | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.01:0.005
deposit alice 20 USDC
deposit bob 40 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 150.0
expect  gap 60
expect  haircut alice 60
expect  equity alice 60
expect  carryover main 0
deposit carl 10 USDC
deposit dan 10 USDC
deposit eve 100 USDC
trade   BTC-PERP buy eve sell dan 2 @ 150.0
expect  equity eve 100
expect  equity dan 10
mark    BTC-PERP 154.0
trade   BTC-PERP buy carl sell eve 2 @ 154.0
withdraw eve 108 USDC
mark    BTC-PERP 169.0
expect  gap 28
expect  haircut paid 28
expect  haircut carl 28
expect  equity carl 12
expect  carryover main 0
