# An inverse market settles in the coin: a contract is worth its face divided by the price. (R1, R4)
# 100 contracts of 100 from 50,000 are 0.2 BTC: ann's cost is -0.2. At 62,500 they are worth 0.16: she is 0.04 up. She sells
# half: 0.02 realised. At 40,000 the other 5,000 are worth 0.125 against 0.1: 0.025 down. Ben has the opposite.
asset   BTC decimals 8
pool    coin asset BTC
market  BTC-INV pool coin inverse tick 0.5 lot 100 brackets 0:0.05:0.025
deposit ann 0.05 BTC
deposit ben 0.05 BTC
deposit eva 1 BTC
mark    BTC-INV 50000.0
trade   BTC-INV buy ann sell ben 10000 @ 50000.0
expect  cost ann BTC-INV -0.2
expect  cost ben BTC-INV 0.2
expect  im ann 0.01
mark    BTC-INV 62500.0
expect  upnl ann 0.04
expect  upnl ben -0.04
expect  notional ann BTC-INV 0.16
expect  mm ben 0.004
expect  equity ben 0.01
trade   BTC-INV buy ben sell ann 5000 @ 62500.0
expect  balance ann 0.07
expect  balance ben 0.03
mark    BTC-INV 40000.0
expect  upnl ann -0.025
expect  equity ann 0.045
expect  equity ben 0.055
expect  dust 0
expect  balance eva 1
