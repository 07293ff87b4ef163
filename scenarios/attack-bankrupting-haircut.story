# Attack: a haircut so large that it bankrupts who pays it. (R15, R21)
# Expected: it stops at the payer's equity. Gap 20 over lots of bob 1.5, dan 1, carl 1, alice 1.5: carl has 4, alice nothing.
# Carl gives his 4, bob and dan 6.4 a lot: 9.6 and 6.4. Carl has 0 now, not less; the next round closes his 1 against dan,
# at mark, without any gap.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     haircut base size side both | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 10 USDC
deposit bob 50 USDC
deposit carl 24 USDC
deposit dan 60 USDC
deposit eva 200 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
trade   BTC-PERP buy carl sell dan 1 @ 100.0
mark    BTC-PERP 80.0
expect  rounds 2
expect  bankrupt 1
expect  gap 20
expect  haircut carl 4
expect  haircut bob 9.6
expect  haircut dan 6.4
expect  balance carl 0
expect  size carl BTC-PERP 0
expect  closed carl BTC-PERP 1
expect  balance bob 70.4
expect  balance dan 73.6
expect  balance eva 200
expect  carryover main 0
expect  positions 0
