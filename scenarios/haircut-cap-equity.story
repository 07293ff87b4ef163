# Cap equity: a haircut by profit that goes beyond the profit, up to all that the payer has. (R15)
# Alice is long 10 from 100. At 60 kim sold 8 of the other side, at 81 bob and ben 1 each: kim has lost, bob and ben win 6 each
# when alice, who took 269 out at 81, goes under at 75: 231 - 250 = -19. By profit (cap profit) the two would give their 12
# and 7 would be carried over; with cap equity each gives 9.5, for 6 of profit, and the rest of it from his balance.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl allocate queue
  money     haircut base positive-upnl cap equity | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 500 USDC
deposit zed 500 USDC
deposit kim 200 USDC
deposit bob 50 USDC
deposit ben 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell zed 10 @ 100.0
mark    BTC-PERP 60.0
trade   BTC-PERP buy zed sell kim 8 @ 60.0
mark    BTC-PERP 81.0
trade   BTC-PERP buy zed sell bob 1 @ 81.0 | BTC-PERP buy zed sell ben 1 @ 81.0
withdraw alice 269 USDC
mark    BTC-PERP 75.0
expect  gap 19
expect  haircut bob 9.5
expect  haircut ben 9.5
expect  haircut kim 0
expect  claim bob 9.5
expect  balance bob 46.5
expect  balance ben 46.5
expect  carryover main 0
expect  equity kim 80
