# With cap equity a deleveraged account answers with all it has, not only with its profit. (R13)
# The world of adl-cap-profit: gap 20, bob's profit 7.5, his equity 57.5. He pays all 20 and ends with 37.5: less than the
# 50 he came with. Nothing is carried over.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score size allocate queue
  money     fund | deleveraged price zero cap equity | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 10 USDC
deposit bob 50 USDC
deposit eva 100 USDC
mark    BTC-PERP 85.0
trade   BTC-PERP buy eva sell bob 1.5 @ 85.0
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell eva 1.5 @ 100.0
mark    BTC-PERP 80.0
expect  gap 20
expect  deleveraged bob 20
expect  balance bob 37.5
expect  carryover main 0
expect  claim bob 20
expect  balance eva 122.5
