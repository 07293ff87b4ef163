# Vega's own figures under its venue file: 3,000 that are missing at a mark cut its two winners; a fund of 3,000 is just enough.
# (R19, R15, R14)
# Source: vegaprotocol/vega at a50750c, core/integration/features/verified, loss socialization cases 1 and 5, as conformance
# cases vega-mr-01-soc-case1 and vega-mr-05-soc-case5-fund-exact. One unit there is the smallest unit here.
# ONE: party1, short 100 with 5,000, owes 8,000 at 180. The winners of the mark are party2 (8,000 on what it held; what it bought
# at 180 has won nothing) and aux2 (80): of 3,000 they give 2,970 and 30. TWO: party4 owes 2,400 and has 2,000, party5 owes 5,600
# and has 3,000: 3,000 are missing and in the fund. The network is a desk whose balance is the fund; it takes the lots at mark.
# Aux1 wins 10 in THREE at the first of these marks: another market's loss is not his, as markets settle one by one.
include ../venues/vega.story
market  ONE pool main tick 0.000001 lot 1 brackets 0:0.01:0.005
market  TWO pool main tick 0.000001 lot 1 brackets 0:0.01:0.005
market  THREE pool main tick 0.000001 lot 1 brackets 0:0.01:0.005
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
