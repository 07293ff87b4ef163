# Margin rises with notional and is continuous at a bracket's edge. (R6)
# 60 BTC at 100 is a notional of 6,000. Initial margin: 1,000 x 5% + 4,000 x 10% + 1,000 x 20% = 50 + 400 + 200 = 650.
# Maintenance margin: 1,000 x 2.5% + 4,000 x 5% + 1,000 x 10% = 25 + 200 + 100 = 325. Only the part above a floor pays
# the higher rate, so 10.001 BTC (notional 1,000.10) costs 50 + 0.10 x 10% = 50.01, one cent more than 10 BTC.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025 1000:0.10:0.05 5000:0.20:0.10
deposit alice 1000 USDC
deposit bob 2000 USDC
deposit eva 5 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 10 @ 100.0
expect  im alice BTC-PERP 50
expect  mm alice BTC-PERP 25
trade   BTC-PERP buy alice sell bob 0.001 @ 100.0
expect  im alice BTC-PERP 50.01
expect  mm alice BTC-PERP 25.005
trade   BTC-PERP buy alice sell bob 4.999 @ 100.0
expect  im alice 100
expect  mm alice 50
trade   BTC-PERP buy alice sell bob 45 @ 100.0
expect  notional alice BTC-PERP 6000
expect  im alice 650
expect  mm alice 325
expect  im bob 650
expect  equity alice 1000
expect  state alice healthy
expect  equity eva 5
expect  im eva 0
