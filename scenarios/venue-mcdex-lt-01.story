# MCDEX v2, "liquidate more - long": a long 1 at 7000 with 700 is taken over at 6000. (R11, R15)
# Case: mcdex-lt-01-long-330-to-shorts
# Source: mcdexio/mai-protocol-v2, test/test_margin_account.js, liquidate more - long
# 700 - 1000 - 30 - 30 = -360. The fund has the 30 and pays them, 330 fall to the one short. U2, with 700, has 730 and 1 long.
include venue-mcdex-world.story
deposit u1 700 USDC
deposit u2 700 USDC
deposit u3 700 USDC
trade   BTC-PERP buy u1 sell u3 1 @ 7000
mark    BTC-PERP 6000
expect  penalty u1 60
expect  gap 360
expect  fund paid 30
expect  haircut u3 330
expect  balance u1 0
expect  balance u2 730
expect  size u2 BTC-PERP 1
expect  fund main 0
