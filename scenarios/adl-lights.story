# Every winner can see how near the front of the queue he is: five lights, one for each fifth. (R13)
# Five shorts of 1 from 100 with 10, 20, 30, 40 and 50; at 99 each has gained 1, and leverage alone orders them.
# The long who pays them is not in profit and has no light.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit lena 200 USDC
deposit ann 10 USDC
deposit ben 20 USDC
deposit cy 30 USDC
deposit deb 40 USDC
deposit ed 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy lena sell ann 1 @ 100.0
trade   BTC-PERP buy lena sell ben 1 @ 100.0
trade   BTC-PERP buy lena sell cy 1 @ 100.0
trade   BTC-PERP buy lena sell deb 1 @ 100.0
trade   BTC-PERP buy lena sell ed 1 @ 100.0
mark    BTC-PERP 99.0
expect  light ann BTC-PERP 5
expect  light ben BTC-PERP 4
expect  light cy BTC-PERP 3
expect  light deb BTC-PERP 2
expect  light ed BTC-PERP 1
expect  light lena BTC-PERP 0
expect  liquidated 0
expect  size ann BTC-PERP -1
