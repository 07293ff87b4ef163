# Vega's own figures under its venue file: what is missing at a mark cuts its winners, to the unit. (R19, R15, R14, R16)
# Source: vegaprotocol/vega at a50750c, core/integration/features/verified: loss socialization cases 1 and 5, the close-out of a
# long, and an expiry, as conformance cases vega-mr-01-soc-case1, vega-mr-05-soc-case5-fund-exact, vega-mr-07-closeout-long and
# vega-mr-15-expiry-haircut-ratio-precision. One unit there is the smallest unit here.
# ONE: party1, short 100 with 5,000, owes 8,000 at 180. The winners of the mark are party2 (8,000 on what it held; what it bought
# at 180 has won nothing) and aux2 (80): of 3,000 they give 2,970 and 30. TWO: party4 owes 2,400 and has 2,000, party5 owes 5,600
# and has 3,000: 3,000 are missing and in the fund. The network is a desk whose balance is the fund; it takes the lots at mark.
# Aux1 wins 10 in THREE at the first of these marks: another market's loss is not his, as markets settle one by one.
# FOUR: tt5 owes 200 and has 100; the winners of the mark won 50, 450 and 200. 100 x 450 / 700 = 64.3, rounded up 65; of the 2 too
# much the last one gets all: 27 instead of 29. FIVE: 416 of 3,832 are missing once 500 are paid; of 16 decimals that ratio takes
# 208.00000000000007 of 1,916, so the first gives 209 and the last 207.
include ../venues/vega.story
market  ONE pool main tick 0.000001 lot 1 brackets 0:0.01:0.005
market  TWO pool main tick 0.000001 lot 1 brackets 0:0.01:0.005
market  THREE pool main tick 0.000001 lot 1 brackets 0:0.01:0.005
market  FOUR pool main tick 0.000001 lot 1 brackets 0:0.01:0.005
market  FIVE pool main tick 0.000001 lot 1 brackets 0:0.01:0.005
account network pool main
desk    network share 1 discount 0.999999 market-max 1000000 fund-desk
deposit aux1 100 USDC
deposit aux2 100 USDC
deposit party1 0.005 USDC
deposit party2 0.05 USDC
deposit party3 0.05 USDC
deposit party4 0.002 USDC
deposit party5 0.003 USDC
deposit party6 0.01001 USDC
deposit party7 0.01 USDC
mark    ONE 0.0001 TWO 0.0001 THREE 0.0001
trade   ONE buy party2 sell party1 100 @ 0.0001 | ONE buy aux2 sell aux1 1 @ 0.0001
trade   ONE buy party2 sell party3 100 @ 0.00018 | THREE buy aux1 sell party6 1 @ 0.0001
mark    ONE 0.00018 THREE 0.00011
expect  gap ONE 0.003
expect  fund paid 0
expect  haircut party2 0.00297
expect  haircut aux2 0.00003
expect  balance party1 0
expect  balance party2 0.05503
expect  balance aux2 100.00005
expect  balance aux1 99.99993
expect  haircut aux1 0
expect  balance party3 0.05
expect  size party1 ONE 0
expect  size party2 ONE 200
expect  size party3 ONE -100
expect  size network ONE -100
expect  fund main 0
expect  carryover main 0
fund    main deposit 0.003
trade   TWO buy party6 sell party4 30 @ 0.0001 | TWO buy party6 sell party5 60 @ 0.0001
trade   TWO buy party7 sell party5 10 @ 0.0001 | TWO buy party6 sell party7 10 @ 0.00018
mark    TWO 0.00018
expect  gap TWO 0.003
expect  fund paid 0.003
expect  fund main 0
expect  haircut paid 0
expect  balance party4 0
expect  balance party5 0
expect  balance party7 0.0108
expect  balance party6 0.0172
expect  size network TWO -100
expect  carryover main 0
deposit tt4 0.5 USDC
deposit tt5 0.0001 USDC
deposit tt10 10 USDC
deposit t2aux 100 USDC
deposit ttaux 100 USDC
deposit tt11 10 USDC
deposit tt6 100 USDC
mark    FOUR 0.00015
trade   FOUR buy tt4 sell tt6 4 @ 0.00015 | FOUR buy tt10 sell tt11 5 @ 0.00015 | FOUR buy t2aux sell ttaux 1 @ 0.00015
trade   FOUR buy tt5 sell tt11 4 @ 0.00015 | FOUR buy tt10 sell tt11 21 @ 0.0001
mark    FOUR 0.0001
expect  gap FOUR 0.0001
expect  haircut ttaux 0.000008
expect  haircut tt11 0.000065
expect  haircut tt6 0.000027
expect  balance tt5 0
deposit five1 1 USDC
deposit five2 0.001 USDC
deposit five3 1 USDC
deposit five4 0.01 USDC
fund    main deposit 0.0005
mark    FIVE 0.001
trade   FIVE buy five1 sell five3 2 @ 0.001 | FIVE buy five2 sell five4 2 @ 0.001
mark    FIVE 0.000042
expect  gap FIVE 0.000916
expect  fund paid 0.0005
expect  haircut five3 0.000209
expect  haircut five4 0.000207
expect  balance five4 0.011709
expect  balance five2 0
expect  carryover main 0
