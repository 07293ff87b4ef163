# A deleveraged account gives at most its profit (the default cap); the rest goes on. (R13, R10)
# Bob sold at 85 to eva, eva at 100 to alice. At 80 alice (10 on 1.5) is 20 short, but bob has gained only 7.5: he gives that.
# Dan, short 1 from 100 and not deleveraged, gives nothing: no haircut layer here. 12.5 are carried over.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score size allocate queue
  money     fund | deleveraged price zero cap profit | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 10 USDC
deposit bob 50 USDC
deposit eva 100 USDC
deposit carl 60 USDC
deposit dan 60 USDC
mark    BTC-PERP 85.0
trade   BTC-PERP buy eva sell bob 1.5 @ 85.0
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell eva 1.5 @ 100.0
trade   BTC-PERP buy carl sell dan 1 @ 100.0
expect  balance eva 122.5
mark    BTC-PERP 80.0
expect  gap 20
expect  taken bob BTC-PERP via profit 1.5
expect  deleveraged bob 7.5
expect  carryover paid 12.5
expect  carryover BTC-PERP 12.5
expect  balance bob 50
expect  equity dan 80
expect  equity carl 40
expect  balance eva 122.5
