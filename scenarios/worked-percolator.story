# Percolator's own figures under its venue file: a loss cuts what profit has not matured, the fund pays next, what is uncovered is
# recovered from later profit. (R15, R18, R19)
# Source: dcccrypto/percolator at d835ace, tests/unit_tests.rs: test_adl_haircut_unwrapped_pnl, test_adl_insurance_depleted,
# test_adl_largest_remainder_exactness, test_adl_tiebreak_lower_idx_wins, test_recover_stranded_proportional_haircut_
# multiple_accounts, as conformance cases perc-ph-01, -03, -08, -09 and -16. One unit there is the smallest unit here.
# In each case somebody wins in a market W at one mark, which books it, and a victim loses in a market L at the next, a nanosecond
# later, so that nothing has matured yet. A minute lies between the cases: old profit has matured and pays for nothing.
include ../venues/percolator.story
market  W1 pool main tick 0.000001 lot 1 brackets 0:0.1:0.05
market  L1 pool main tick 0.000001 lot 1 brackets 0:0.1:0.05
market  W2 pool main tick 0.000001 lot 1 brackets 0:0.1:0.05
market  L2 pool main tick 0.000001 lot 1 brackets 0:0.1:0.05
market  W3 pool main tick 0.000001 lot 1 brackets 0:0.1:0.05
market  L3 pool main tick 0.000001 lot 1 brackets 0:0.1:0.05
market  W4 pool main tick 0.000001 lot 1 brackets 0:0.1:0.05
market  L4 pool main tick 0.000001 lot 1 brackets 0:0.1:0.05
market  R pool main tick 0.000001 lot 1 brackets 0:0.1:0.05
mark    W1 0.001 W2 0.001 W3 0.001 W4 0.001 L1 0.0001 L2 0.0001 L3 0.0001 L4 0.0001 R 0.001
deposit house 1 USDC
step    1ns
# profit 500 of user, loss 200: victim is long 10 from 100 with 100 and falls to 70
deposit user 0.001 USDC
deposit victim-1 0.0001 USDC
trade   W1 buy user sell house 1 @ 0.001 | L1 buy victim-1 sell house 10 @ 0.0001
mark    W1 0.0015
expect  locked-profit user 0.0005
mark    L1 0.00007
expect  gap 0.0002
expect  haircut user 0.0002
expect  locked-profit user 0.0003
expect  balance user 0.0013
expect  carryover paid 0
# profit 100, fund 50, loss 200: 50 are uncovered, since house has only won back what it had lost; then the fund is filled
at +60s deposit user-2 0.001 USDC
fund    main deposit 0.00005
deposit victim-2 0.0001 USDC
trade   W2 buy user-2 sell house 1 @ 0.001 | L2 buy victim-2 sell house 10 @ 0.0001
mark    W2 0.0011
mark    L2 0.00007
expect  gap 0.0002
expect  haircut paid 0.0001
expect  locked-profit user-2 0
expect  fund paid 0.00005
expect  fund main 0
expect  carryover paid 0.00005
expect  balance user-2 0.001
expect  carryover main 0.00005
fund    main deposit 0.00005
expect  carryover main 0
# profits 100, 200, 300, loss 250: 41.67, 83.33 and 125, in all 250
at +60s deposit u1 0.001 USDC
deposit u2 0.001 USDC
deposit u3 0.001 USDC
deposit victim-3 0.0001 USDC
trade   W3 buy u1 sell house 1 @ 0.001 | W3 buy u2 sell house 2 @ 0.001 | W3 buy u3 sell house 3 @ 0.001
trade   L3 buy victim-3 sell house 10 @ 0.0001
mark    W3 0.0011
mark    L3 0.000065
expect  gap 0.00025
expect  haircut paid 0.00025
expect  haircut u1 0.000042
expect  haircut u2 0.000083
expect  haircut u3 0.000125
# profits 100 and 100, loss 1: the lower index
at +60s deposit v1 0.001 USDC
deposit v2 0.001 USDC
deposit victim-4 0.00001 USDC
trade   W4 buy v1 sell house 1 @ 0.001 | W4 buy v2 sell house 1 @ 0.001 | L4 buy victim-4 sell house 1 @ 0.0001
mark    W4 0.0011
mark    L4 0.000089
expect  gap 0.000001
expect  haircut v1 0.000001
expect  haircut v2 0
# a short of 40 with 20,000 rises by 1,000 a lot: 20,000 uncovered; of the profits of a, 30,000, and b, 10,000, half
at +60s deposit a 0.01 USDC
deposit b 0.01 USDC
deposit short 0.02 USDC
trade   R buy a sell short 30 @ 0.001 | R buy b sell short 10 @ 0.001
mark    R 0.002
expect  gap 0.02
expect  carryover paid 0.02
expect  carryover main 0
expect  balance a 0.025
expect  balance b 0.015
expect  locked-profit a 0.015
expect  locked-profit b 0.005
expect  fund main 0
