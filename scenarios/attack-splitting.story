# Attack: split an account to pay less. (R16)
# Expected: pro-rata does not care. The book of haircut-positive-upnl, but bob's 1.5 lie in two accounts of 1.0 and 0.5:
# 40% of 20 and of 10 are 8 and 4, together the same 12; dan pays 8 as before.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     haircut base positive-upnl allocate capped-pro-rata | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
account bob-1 pool main owner bob
account bob-2 pool main owner bob
deposit alice 10 USDC
deposit bob-1 33 USDC
deposit bob-2 17 USDC
deposit carl 60 USDC
deposit dan 60 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob-1 1 @ 100.0
trade   BTC-PERP buy alice sell bob-2 0.5 @ 100.0
trade   BTC-PERP buy carl sell dan 1 @ 100.0
mark    BTC-PERP 80.0
expect  gap 20
expect  haircut bob-1 8
expect  haircut bob-2 4
expect  haircut dan 8
expect  equity bob-1 45
expect  equity bob-2 23
expect  equity dan 72
expect  equity carl 40
