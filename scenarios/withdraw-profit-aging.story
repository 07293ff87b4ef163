# Profits that are released by age: won today, free bit by bit, all of it after the profit's age. (R18)
# The age is 100 s. Bob realises 20 at 09:00:00: after 25 s a quarter is free. At 09:00:50 half of it is, 10 wait for 50 s
# more; then he wins 10 again, and the 20 wait together for the mean, (10 x 50 + 10 x 100) / 20 = 75 s: 15 s later 4 of them are
# free. What he withdraws of his profit is of the free part. At 09:01:20, 45 s before the end, he loses 8: of the
# 20 x 45/75 = 12 still locked 4 are left, and none of the free ones is touched.
asset   USDC decimals 6
pool    main asset USDC profit aging profit-age 100s
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 100 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
mark    BTC-PERP 80.0
at 09:00:00 trade BTC-PERP buy bob sell alice 1 @ 80.0
expect  balance bob 70
expect  locked-profit bob 20
expect  withdrawable bob 50
at 09:00:25 withdraw bob 55.000001 USDC refused profit_locked
at 09:00:25 mark BTC-PERP 80.0
expect  locked-profit bob 15
expect  withdrawable bob 55
trade   BTC-PERP buy alice sell bob 1 @ 80.0
mark    BTC-PERP 70.0
at 09:00:50 trade BTC-PERP buy bob sell alice 1 @ 70.0
expect  balance bob 80
expect  locked-profit bob 20
expect  withdrawable bob 60
at 09:01:05 withdraw bob 64.000001 USDC refused profit_locked
at 09:01:05 withdraw bob 54 USDC
expect  balance bob 26
expect  locked-profit bob 16
expect  withdrawable bob 10
trade   BTC-PERP buy alice sell bob 1 @ 70.0
mark    BTC-PERP 78.0
at 09:01:20 trade BTC-PERP buy bob sell alice 1 @ 78.0
expect  balance bob 18
expect  locked-profit bob 4
expect  withdrawable bob 14
at 09:02:04 withdraw bob 18 USDC refused profit_locked
at 09:02:05 withdraw bob 18 USDC
expect  balance bob 0
