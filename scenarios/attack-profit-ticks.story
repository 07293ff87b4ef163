# Attack: keep a winner's profit locked by giving him a profit of one unit with every tick. (R18)
# The age is 10 s. Bob, long 1 against alice, has won 20 when the market is settled at 09:00:00. Then he wins the least a tick
# can give, 0.1, every 2 s. Each time the tenth joins what is locked for the mean of the two times: after 2 s 16 of 20 are
# locked for 8 s, with the tenth 16.1 for (16 x 8 + 0.1 x 10) / 16.1 = 8.0124 s; 2 s later 16.1 x 6.0124 / 8.0124 = 12.0812, and the next tenth. At 09:00:12 the old profit is
# free and only the last tenth is locked, 2 s later 0.08 of it and the next.
asset   USDC decimals 6
pool    main asset USDC profit aging profit-age 10s
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 100 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy bob sell alice 1 @ 100.0
mark    BTC-PERP 120.0
at 09:00:00 settle main
expect  balance bob 70
expect  locked-profit bob 20
mark    BTC-PERP 120.1
settle  main
expect  locked-profit bob 16.1
mark    BTC-PERP 120.2
settle  main
expect  locked-profit bob 12.181241
mark    BTC-PERP 120.3
settle  main
mark    BTC-PERP 120.4
settle  main
mark    BTC-PERP 120.5
settle  main
mark    BTC-PERP 120.6
settle  main
expect  locked-profit bob 0.1
mark    BTC-PERP 120.7
settle  main
expect  balance bob 70.7
expect  locked-profit bob 0.18
at 09:00:24 mark BTC-PERP 120.7
expect  locked-profit bob 0
expect  withdrawable bob 64.665
