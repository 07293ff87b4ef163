# A venue declares how much it can hold; beyond that new things are refused. (R22)
# Two accounts are declared: the third is refused, and the two go on.
limits  accounts 2
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 10 USDC
deposit bob 10 USDC
account carol pool main refused capacity
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
expect  accounts 2
expect  size alice BTC-PERP 1
expect  equity bob 10
