# The waterfall of an inverse market runs in the coin. (R9, R10, R13)
# Ann is long 10,000 from 50,000 with 0.02. At 40,000 she has lost 0.05: 0.03 short. Ben is closed at mark with a gain of
# 0.05; the fund pays 0.01, he 0.02: 0.1 + 0.05 - 0.02 = 0.13.
asset   BTC decimals 8
pool    coin asset BTC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-INV pool coin inverse tick 0.5 lot 100 brackets 0:0.05:0.025
fund    coin deposit 0.01
deposit ann 0.02 BTC
deposit ben 0.1 BTC
deposit eva 1 BTC
mark    BTC-INV 50000.0
trade   BTC-INV buy ann sell ben 10000 @ 50000.0
mark    BTC-INV 40000.0
expect  gap 0.03
expect  fund paid 0.01
expect  deleveraged ben 0.02
expect  balance ben 0.13
expect  balance ann 0
expect  size ben BTC-INV 0
expect  dust 0
expect  balance eva 1
