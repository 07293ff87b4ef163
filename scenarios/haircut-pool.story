# Scope pool: winners of all the pool's markets share the loss. (R15)
# Greta has gained 50 on 10 ETH from 10 to 15, hank lost them. Gap 20 over profits of 30, 20 and 50: 6, 4 and 10.
include haircut-world.story
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
pool    main money haircut base positive-upnl scope pool | carryover
deposit greta 50 USDC
deposit hank 100 USDC
mark    ETH-PERP 10.00
trade   ETH-PERP buy greta sell hank 10 @ 10.00
mark    ETH-PERP 15.00
expect  upnl greta 50
mark    BTC-PERP 80.0
expect  haircut bob 6
expect  haircut dan 4
expect  haircut greta 10
expect  balance greta 50
expect  upnl greta 40
expect  balance bob 74
expect  equity dan 76
expect  equity hank 50
expect  equity carl 40
expect  equity eva 200
expect  carryover main 0
