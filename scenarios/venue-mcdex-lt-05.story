# MCDEX v2, "partial liquidate - add social loss": a long 1 at 7000 with 1000, taken over at 5000: there in two halves, 12.5 and
# then 1012.5 for the short, here whole, since a bankrupt account is not closed by halves. The sums are the same. (R11, R15)
# Case: mcdex-lt-05-two-partial-steps
# Source: mcdexio/mai-protocol-v2, test/test_perpetual.js, partial liquidate - add social loss
# 1000 - 2000 - 25 - 25 = -1050; the fund's 25 pay 25, 1025 fall to the short. U2, with 1000, has 1025 and 1 long.
include venue-mcdex-world.story
deposit u1 1000 USDC
deposit u2 1000 USDC
deposit u3 1000 USDC
trade   BTC-PERP buy u1 sell u3 1 @ 7000
mark    BTC-PERP 5000
expect  penalty u1 50
expect  gap 1050
expect  fund paid 25
expect  haircut u3 1025
expect  balance u1 0
expect  balance u2 1025
expect  size u2 BTC-PERP 1
expect  fund main 0
