# A pool that says nothing has the default lists: bucket, shared part, capital, deleveraged, haircut, carryover. (R10, R14)
# Gap 20. The market's bucket pays 4, the shared part 3, the venue's capital 2, bob the other 11. A bankrupt account does
# not wait for the book, the first of the default quantity layers.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 4 market BTC-PERP
fund    main deposit 3
fund    main capital-deposit 2
deposit alice 10 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
expect  fund main 7
expect  fund BTC-PERP 4
expect  shared-fund 3
mark    BTC-PERP 80.0
expect  gap 20
expect  fund paid 4
expect  shared-fund paid 3
expect  capital paid 2
expect  deleveraged paid 11
expect  haircut paid 0
expect  carryover paid 0
expect  balance bob 69
expect  fund main 0
expect  capital 0
expect  orders 0
