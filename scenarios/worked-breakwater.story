# Breakwater's own rules: a hedge is left alone, who is closed pays from his profit, no haircut takes more than half, half repays. (R13, R15, R17)
# First market, 100 to 80. Ada is short 4, Anton, the same owner, long 4: net 0, without ada's short 320, so her score is -320 and
# she keeps it. Vera, long 3 with 30 for a loss of 60, is closed against Bob's 2 (160) first, then Carol's 1 (80). She lacks 30;
# the fund has 6; the 24 left go by lots, 2 : 1. Then 20 come to the fund: half of them repays 16 : 8, half stays.
# Second market, 100 to 70. Vince, long 3 with 31 for a loss of 90, lacks 59; the fund pays its 10. Mona, short 3 and exempt, has won
# 90; Lena, short 4 at 65, has lost 20 and is closed against her will: nothing to charge. The market's profit gives at most half, 45;
# 4 are left for all profits of the pool, 90 + 80 of Ada + 20 of Zoe: 1.894737, 1.684210, 0.421053.
include ../venues/breakwater.story
market  BTC-PERP pool main tick 0.1 lot 0.001 underlying BTC brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.1 lot 0.001 underlying ETH brackets 0:0.05:0.025
account ada pool main owner hedger
account anton pool main owner hedger
account mona pool main adl-exempt
deposit ada 100 USDC
deposit anton 200 USDC
deposit bob 100 USDC
deposit carol 100 USDC
deposit vera 30 USDC
fund    main deposit 6
mark    BTC-PERP 100.0 ETH-PERP 100.0
trade   BTC-PERP buy anton sell ada 4 @ 100.0
trade   BTC-PERP buy vera sell bob 2 @ 100.0 | BTC-PERP buy vera sell carol 1 @ 100.0
mark    BTC-PERP 80.0
expect  gap 30
expect  taken bob BTC-PERP via profit 2
expect  taken carol BTC-PERP via profit 1
expect  size ada BTC-PERP -4
expect  size anton BTC-PERP 4
expect  shared-fund paid 6
expect  deleveraged bob 16
expect  deleveraged carol 8
expect  haircut paid 0
expect  balance bob 124
expect  claims 24
fund    main deposit 20
expect  repaid bob 6.666667
expect  repaid carol 3.333333
expect  claim bob 9.333333
expect  fund main 10
deposit vince 31 USDC
deposit mona 200 USDC
deposit lena 500 USDC
deposit zoe 500 USDC
trade   ETH-PERP buy vince sell mona 3 @ 100.0 | ETH-PERP buy zoe sell lena 4 @ 65.0
mark    ETH-PERP 70.0
expect  gap 59
expect  taken lena ETH-PERP via other 3
expect  size mona ETH-PERP -3
expect  shared-fund paid 10
expect  deleveraged paid 0
expect  haircut paid 49
expect  haircut mona 46.894737
expect  haircut ada 1.684210
expect  haircut zoe 0.421053
expect  carryover main 0
expect  claim mona 46.894737
expect  balance lena 485
