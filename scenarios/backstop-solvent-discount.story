# A solvent account sells to the desk at a discount; what it gets above zero value pays the fee, the rest is its own. (R12, R9)
# As in liquidation-partial: 4 at 92, 1.131 to close, worth 104.052. The desk pays 1% less: 103.01148. Zero value is
# 104.052 - 4 x 1.131/2 = 101.79, so the surplus is 1.22148; fee 0.5% of 103.01148 = 0.515057 (floored). Alice keeps
# 4 - 1.04052 - 0.515057 = 2.444423 against 1.9987. The desk has its 1.04052. Together 4.
asset   USDC decimals 6
pool    main asset USDC liquidation-fee 0.005
  quantity  backstop | adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
account vault pool main
deposit vault 1000 USDC
desk    vault share 1 discount 0.01 market-max 500
deposit alice 20 USDC
deposit bob 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 92.0
expect  taken vault BTC-PERP via backstop 1.131
expect  surplus alice 1.22148
expect  liquidation-fee alice 0.515057
expect  equity alice 2.444423
expect  size alice BTC-PERP 0.869
expect  state alice healthy
expect  cost vault BTC-PERP 103.01148
expect  equity vault 1001.04052
expect  fund main 0.515057
expect  size bob BTC-PERP -2
expect  equity bob 116
expect  gap 0
