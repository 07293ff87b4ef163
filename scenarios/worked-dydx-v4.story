# dYdX v4's own figures under its venue file: what the fund can pay for goes to the book, the rest at the bankruptcy price. (R11, R13)
# Source: dydxprotocol/v4-chain at 84d4664, protocol/x/clob/keeper, liquidations_test.go and deleveraging_test.go, as conformance
# cases dydx4-lw-01, -03, -04, -09 and dydx4-dl-03. Cash there is what an account has less what its positions cost: carl, short 1 BTC
# sold at 40,000, has 40,000 more than he paid in, dave, who bought it, 40,000 less.
# lw-01: carl has 50,499 at 50,000; filled whole there he has 499 left and gives 0.5% of 50,000, 250, to the fund.
# lw-03: at 50,500 he lacks 1 and the fund is empty, so 0.25 at 50,500 are refused; dave sells at 50,499.
# lw-04: 0.25 at 50,498 are 0.25 USDC better than 50,499, all of which is fee; with it the fund cannot pay the 0.75 of the next
# offer, and dave sells the other 0.75 BTC at 50,499: he gives up 0.75.
# dl-03: at 50,000 carl has 49,999: dave sells at that, whatever the fund has. lw-09: with 54,999 carl is solvent and waits; 0.25
# go at 50,000 for a fee of 62.5, the next offer would cost the fund; he is above maintenance margin then, and keeps 0.75.
include ../venues/dydx-v4.story
market  BTC pool main tick 1 lot 0.01 brackets 0:0.2:0.1
deposit carl-1 10499 USDC
deposit dave-1 90000 USDC
mark    BTC 40000
trade   BTC buy dave-1 sell carl-1 1 @ 40000
mark    BTC 50000
liquidate carl-1 BTC 1 @ 50000 taker dave-1
expect  liquidation-fee carl-1 250
expect  balance carl-1 249
expect  balance dave-1 100000
expect  fund main 250
expect  gap 0
fund    main from-market 250 market BTC
fund    main withdraw 250
deposit carl-2 10499 USDC
deposit dave-2 90000 USDC
mark    BTC 40000
trade   BTC buy dave-2 sell carl-2 1 @ 40000
mark    BTC 50500
liquidate carl-2 BTC 0.25 @ 50500 taker dave-2
expect  closed carl-2 BTC via book 0
expect  taken dave-2 BTC via profit 1
expect  balance carl-2 0
expect  balance dave-2 100499
expect  fund paid 0
deposit carl-3 10499 USDC
deposit dave-3 90000 USDC
mark    BTC 40000
trade   BTC buy dave-3 sell carl-3 1 @ 40000
mark    BTC 50500
liquidate carl-3 BTC 0.25 @ 50498 taker dave-3 | 1 @ 50500 taker dave-3
expect  closed carl-3 BTC via book 0.25
expect  liquidation-fee carl-3 0.25
expect  fund main 0.25
expect  deleveraged dave-3 0.75
expect  balance dave-3 100498.75
expect  balance carl-3 0
fund    main from-market 0.25 market BTC
fund    main withdraw 0.25
fund    main deposit 100
deposit carl-4 9999 USDC
deposit dave-4 90000 USDC
mark    BTC 40000
trade   BTC buy dave-4 sell carl-4 1 @ 40000
mark    BTC 50000
expect  waiting main 1
liquidate carl-4 BTC
expect  gap 1
expect  deleveraged dave-4 1
expect  balance dave-4 99999
expect  balance carl-4 0
expect  fund main 100
fund    main withdraw 100
deposit carl-5 14999 USDC
deposit dave-5 90000 USDC
mark    BTC 40000
trade   BTC buy dave-5 sell carl-5 1 @ 40000
mark    BTC 50000
liquidate carl-5 BTC
expect  state carl-5 working
expect  size carl-5 BTC -1
liquidate carl-5 BTC 0.25 @ 50000 taker dave-5 | 1 @ 60000 taker dave-5
expect  closed carl-5 BTC 0.25
expect  size carl-5 BTC -0.75
expect  cost carl-5 BTC -30000
expect  balance carl-5 12436.5
expect  fund main 62.5
expect  state carl-5 healthy
expect  gap 0
