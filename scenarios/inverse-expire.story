# At the end of an inverse market what the valuation has rounded off goes to dust, to the last unit. (R19, R1)
# 300 at 7,001 are 0.0428510213 BTC: the long's value is rounded down to -0.04285103, the short's to 0.04285102. One unit of
# 0.00000001 belongs to nobody: dust. Both were valued alike at 7,000, so nothing else is lost.
asset   BTC decimals 8
pool    coin asset BTC
market  BTC-INV pool coin inverse tick 1 lot 100 brackets 0:0.05:0.025
deposit ann 0.05 BTC
deposit ben 0.05 BTC
deposit eva 1 BTC
mark    BTC-INV 7000
trade   BTC-INV buy ann sell ben 300 @ 7000
expire  BTC-INV 7001
expect  status BTC-INV resolved
expect  positions 0
expect  dust 0.00000001
expect  balance ann > 0.05
expect  balance ben < 0.05
expect  balance eva 1
