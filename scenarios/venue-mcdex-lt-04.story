# MCDEX v2, "liquidate more 2 - short": a short 2 at 7000 with 2000 is taken over at 8000, and the penalty makes the hole. (R11)
# Case: mcdex-lt-04-penalty-creates-hole-short
# Source: mcdexio/mai-protocol-v2, test/test_margin_account.js, liquidate more 2 - short
# 2000 - 2000 - 80 - 80 = -160, of which the fund's 80 pay half. The other 80 fall to the longs: in the case one contract, here
# the two that a book must have, both u3's. U2, with 2000, has 2080 and is short 2.
include venue-mcdex-world.story
deposit u1 2000 USDC
deposit u2 2000 USDC
deposit u3 1400 USDC
trade   BTC-PERP buy u3 sell u1 2 @ 7000
mark    BTC-PERP 8000
expect  penalty u1 160
expect  gap 160
expect  fund paid 80
expect  haircut u3 80
expect  balance u1 0
expect  balance u2 2080
expect  size u2 BTC-PERP -2
expect  fund main 0
