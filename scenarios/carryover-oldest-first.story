# Of several carryovers the oldest is paid first, whatever its market's number. (R17)
# First ETH: ann, 10 ETH from 10 with 6, is 4 short at 9. Then BTC: alice, 1 from 100 with 6, is 6 short at 88. A deposit of 5
# pays ETH's 4 and one of BTC's 6; the next, of 6, the other 5, and 1 stays in the fund.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
deposit ann 6 USDC
deposit alice 6 USDC
deposit dora 200 USDC
mark    BTC-PERP 100.0 ETH-PERP 10.00
trade   BTC-PERP buy alice sell dora 1 @ 100.0
trade   ETH-PERP buy ann sell dora 10 @ 10.00
mark    ETH-PERP 9.00
expect  carryover ETH-PERP 4
mark    BTC-PERP 88.0
expect  carryover BTC-PERP 6
expect  carryover main 10
fund    main deposit 5
expect  carryover ETH-PERP 0
expect  carryover BTC-PERP 5
expect  fund main 0
fund    main deposit 6
expect  carryover main 0
expect  fund main 1
expect  balance dora 222
