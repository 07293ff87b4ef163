# MCDEX's own figures under its venue file: a long that lost 1,000 with 700, and owes two penalties of 30, leaves 330 to the
# shorts. (R11, R15)
# Source: mcdexio/mai-protocol-v2 at 090dcd0, test/test_margin_account.js, as conformance case mcdex-lt-01-long-330-to-shorts.
# Of 6,000 that are closed 0.5% go to the liquidator and 0.5% to the fund, which has nothing else: 700 - 1,000 - 60 = -360, the
# fund pays its 30, the only short 330 of what he won.
include ../venues/mcdex-v2.story
market  PERP pool main funded tick 1 lot 1 brackets 0:0.1:0.075
deposit u1 700 USDC
deposit u3 700 USDC
deposit u2 700 USDC
desk    u2 share 1 market-max 1000000
mark    PERP 7000
trade   PERP buy u1 sell u3 1 @ 7000
mark    PERP 6000
expect  gap 360
expect  penalty u1 60
expect  fund paid 30
expect  fund main 0
expect  haircut paid 330
expect  equity u3 1370
expect  size u2 PERP 1
expect  balance u2 730
expect  balance u1 0
expect  carryover main 0
