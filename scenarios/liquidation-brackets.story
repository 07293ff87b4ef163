# How much must be closed is computed in the bracket in which the rest will stand. (R11, R6)
# 3 BTC from 100 with 30; above 100 of notional margin doubles: IM = 0.1n - 5, MM = 0.05n - 2.5. At 93: n = 279, equity 9
# against 11.45. 9 carries n = 140: 1.505 BTC (139.965: IM 8.9965; 1.506: 9.0058). So 1.495 is closed, at mark.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025 100:0.10:0.05
deposit alice 30 USDC
deposit bob 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 3 @ 100.0
expect  im alice 25
expect  mm alice 12.5
mark    BTC-PERP 93.0
expect  closed alice BTC-PERP 1.495
expect  size alice BTC-PERP 1.505
expect  equity alice 9
expect  im alice 8.9965
expect  equity bob 121
expect  gap 0
