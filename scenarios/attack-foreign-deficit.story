# Attack: let the deficit of one market be paid by another. (R9, R14)
# Expected: BTC's 100 are BTC's. ETH's bucket of 500 does not pay, ETH's dan, closed at mark, does not pay; bob, BTC's winner
# of 200, does.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
fund    main deposit 500 market ETH-PERP
deposit alice 100 USDC
deposit bob 100 USDC
deposit dan 100 USDC
mark    BTC-PERP 100.0 ETH-PERP 10.00
trade   BTC-PERP buy alice sell bob 10 @ 100.0
trade   ETH-PERP buy alice sell dan 10 @ 10.00
mark    BTC-PERP 80.0
expect  gap 100
expect  fund paid 0
expect  fund ETH-PERP 500
expect  deleveraged bob 100
expect  deleveraged dan 0
expect  balance bob 200
expect  balance dan 100
expect  carryover main 0
