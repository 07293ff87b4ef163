# Withdrawals `open`: while a loss is open, whoever leaves first takes all of it, and the last find the vault empty. (R18)
# Alice's 20 are carried over. Bob, dan and carl have closed: claims 80 + 80 + 40 + 200 = 400 on a vault of 380. Bob, dan and
# eva leave with all they have, 360, profits included. Of carl's 40, who neither won nor went bankrupt, 20 are there; the
# other 20 wait for the fund.
include haircut-world.story
pool    main money carryover withdrawals open
mark    BTC-PERP 80.0
trade   BTC-PERP buy dan sell carl 1 @ 80.0
expect  carryover main 20
withdraw bob 80 USDC
withdraw dan 80 USDC
expect  withdrawable carl 40
withdraw eva 200 USDC
expect  withdrawable carl 20
withdraw carl 20.000001 USDC refused withdrawal_gated
withdraw carl 20 USDC
expect  balance carl 20
expect  withdrawable carl 0
expect  claim bob 0
fund    main deposit 20
expect  carryover main 0
withdraw carl 20 USDC
