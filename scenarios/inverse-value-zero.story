# A trade so small that its value rounds to nothing is refused. (R1)
# In a coin with 3 decimals one contract of 1 at 50,000 is worth 0.00002: nothing. A hundred are worth 0.002.
asset   BTC decimals 3
pool    coin asset BTC
market  BTC-INV pool coin inverse tick 1 lot 1 brackets 0:0.05:0.025
deposit ann 1 BTC
deposit ben 1 BTC
mark    BTC-INV 50000
trade   BTC-INV buy ann sell ben 1 @ 50000 refused value_zero
trade   BTC-INV buy ann sell ben 100 @ 50000
expect  cost ann BTC-INV -0.002
expect  cost ben BTC-INV 0.002
expect  size ben BTC-INV -100
