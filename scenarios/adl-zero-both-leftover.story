# Price zero-both: what nobody may take at zero value is closed at mark; dYdX would leave it open. (R13, R4a)
# Carl bought 1 BTC at 80000 with 16000: at 50000 he has -14000. Dora, whose turn is first, is short 1 from 80000 too, but has
# lost 50000 with ETH in the same batch: 30000 + 30000 - 50000 = 10000, initial margin 14000. To buy from Carl at his zero
# value of 64000 would leave her -4000: she may not (R4a).
# There is nobody else. Dora's short is closed at mark, which moves no equity, and Carl's gap goes on to the list: the fund.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000000
  quantity  adl score visit-order allocate queue
  money     fund | deleveraged price zero-both | carryover
market  BTC-USD pool main tick 100 lot 0.00000001 brackets 0:0.2:0.1
market  ETH-USD pool main tick 1 lot 0.000001 brackets 0:0.2:0.1
fund    main deposit 20000
deposit dora 30000 USDC
deposit carl 16000 USDC
deposit lena 200000 USDC
mark    BTC-USD 80000 ETH-USD 7000
trade   ETH-USD buy dora sell lena 10 @ 7000
trade   BTC-USD buy carl sell dora 1 @ 80000
mark    BTC-USD 50000 ETH-USD 2000
expect  gap 14000
expect  deleveraged paid 0
expect  fund paid 14000
expect  taken dora BTC-USD via other 1
expect  equity dora 10000
expect  balance dora 60000
expect  claim dora 0
expect  balance carl 0
expect  fund main 6000
expect  equity lena 250000
