# The gate is of the pool whose loss is open; another pool's winners may leave. (R18, R10)
# 20 are carried over in pool main: bob may take his 50, not his profit of 30. Yan, in pool alt, won 20 and takes all of 70.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     carryover
pool    alt asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  BTC-ALT pool alt tick 0.1 lot 0.001 brackets 0:0.05:0.025
account zoe pool alt
account yan pool alt
deposit alice 10 USDC
deposit bob 50 USDC
deposit zoe 50 USDC
deposit yan 50 USDC
mark    BTC-PERP 100.0 BTC-ALT 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
trade   BTC-ALT buy zoe sell yan 1 @ 100.0
mark    BTC-PERP 80.0 BTC-ALT 80.0
trade   BTC-ALT buy yan sell zoe 1 @ 80.0
expect  carryover main 20
expect  carryover alt 0
withdraw bob 50.000001 USDC refused withdrawal_gated
withdraw yan 70 USDC
expect  balance yan 0
expect  balance zoe 30
expect  balance bob 80
