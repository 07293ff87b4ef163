# Score hedge-aware: whoever holds both sides is spared, since closing one side would leave him with risk he did not have. (R13)
# Ada gained most: short 4 from 100. But Anton, who has the same owner, is long 4 of BTC-QUARTER: at 80 they have -320 + 320 = 0
# of BTC together, and without her short 320: her score is 0 - 320. Bob is short 2 and long 1.5 of the other himself, -160 +
# 120 = -40: without his short 120, score 40 - 120 = -80. Carol, short 1 and nothing else: score 80. Vera, long 3 with 30 for a
# loss of 60, is closed against Carol's 1 first, then Bob's 2. Ada keeps all. The fund pays the 30.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score hedge-aware allocate queue
  money     fund | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 underlying BTC brackets 0:0.05:0.025
market  BTC-QUARTER pool main tick 0.1 lot 0.001 underlying BTC brackets 0:0.05:0.025
fund    main deposit 30
account ada pool main owner hedger
account anton pool main owner hedger
account bob pool main
deposit ada 100 USDC
deposit anton 200 USDC
deposit bob 100 USDC
deposit carol 100 USDC
deposit vera 30 USDC
deposit lena 500 USDC
mark    BTC-PERP 100.0 BTC-QUARTER 100.0
trade   BTC-PERP buy lena sell ada 4 @ 100.0
trade   BTC-PERP buy vera sell bob 2 @ 100.0
trade   BTC-PERP buy vera sell carol 1 @ 100.0
trade   BTC-QUARTER buy anton sell lena 4 @ 100.0
trade   BTC-QUARTER buy bob sell lena 1.5 @ 100.0
mark    BTC-PERP 80.0 BTC-QUARTER 80.0
expect  closed vera BTC-PERP 3
expect  taken carol BTC-PERP via profit 1
expect  taken bob BTC-PERP via profit 2
expect  taken ada BTC-PERP 0
expect  size ada BTC-PERP -4
expect  size anton BTC-QUARTER 4
expect  equity ada 180
expect  equity anton 120
expect  balance bob 140
expect  size bob BTC-QUARTER 1.5
expect  balance carol 120
expect  gap 30
expect  fund paid 30
expect  light carol BTC-PERP 0
expect  light ada BTC-PERP 5
