# Withdrawals `rate`: while a loss is open, everyone who leaves gets the same share, first or last. (R18, R17)
# Claims 80 + 40 + 80 + 200 = 400 on a vault of 380: 95% is paid. Bob gets 38 for 40, twice; then L = 320, A = 304. Eva gets
# 190, dan 76, and carl, the last, 38: the vault and the carryover are both empty to the unit. What each lost is a claim, 4 of
# 80, 10 of 200, 2 of 40; when the fund is filled again it repays all of them.
include haircut-world.story
pool    main money carryover withdrawals rate refund-above 0 refund-share 1
mark    BTC-PERP 80.0
trade   BTC-PERP buy dan sell carl 1 @ 80.0
expect  carryover main 20
expect  withdrawable bob 80
withdraw bob 80.000001 USDC refused insufficient
withdraw bob 40 USDC
expect  claim bob 2
expect  carryover main 18
withdraw bob 40 USDC
expect  balance bob 0
expect  claim bob 4
expect  carryover main 16
withdraw eva 200 USDC
expect  claim eva 10
withdraw dan 80 USDC
expect  carryover main 2
withdraw carl 40 USDC
expect  claim carl 2
expect  carryover main 0
expect  claims main 20
fund    main deposit 20
expect  claims main 0
expect  balance bob 4
expect  balance carl 2
expect  balance dan 4
expect  balance eva 10
