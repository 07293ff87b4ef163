# Haircut on winning longs: their cost rises. (R15)
# Al's gap of 20 at 120 over profits of 30 (bob) and 20 (dan): 12 and 8. Dan's cost rises from 100 to 108, his profit falls
# to 12; bob was closed and pays from his balance, 50 + 30 - 12.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     haircut base positive-upnl | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit al 10 USDC
deposit bob 50 USDC
deposit cora 60 USDC
deposit dan 60 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy bob sell al 1.5 @ 100.0
trade   BTC-PERP buy dan sell cora 1 @ 100.0
mark    BTC-PERP 120.0
expect  haircut bob 12
expect  haircut dan 8
expect  balance bob 68
expect  cost dan BTC-PERP 108
expect  upnl dan 12
expect  balance dan 60
expect  equity cora 40
expect  carryover main 0
