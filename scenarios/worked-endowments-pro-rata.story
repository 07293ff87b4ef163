# The published example of winners with 8, 4 and 0.5 and a loss of 7.5: pro-rata takes 60% of each. (R16, R15)
# Vic buys 1 at 100 with 5: 0.64 from anna, 0.32 from beth, 0.04 from cleo. At 87.5 he has lost 12.5, is 7.5 short; they have
# won 8, 4 and 0.5. Haircut: 4.8, 2.4 and 0.3. All were closed at mark, so each keeps 20 and 40% of the profit.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     haircut base positive-upnl allocate pro-rata | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit vic 5 USDC
deposit anna 20 USDC
deposit beth 20 USDC
deposit cleo 20 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy vic sell anna 0.64 @ 100.0
trade   BTC-PERP buy vic sell beth 0.32 @ 100.0
trade   BTC-PERP buy vic sell cleo 0.04 @ 100.0
mark    BTC-PERP 87.5
expect  gap 7.5
expect  haircut anna 4.8
expect  haircut beth 2.4
expect  haircut cleo 0.3
expect  balance anna 23.2
expect  balance beth 21.6
expect  balance cleo 20.2
expect  carryover main 0
