# A haircut in an inverse market is taken in the coin. (R15)
# Ann's gap of 0.03 over ben's and cora's profits of 0.05 each: 0.015 each. Ben was closed: 0.1 + 0.05 - 0.015. Cora's cost rises
# from 0.2 to 0.215: of her 0.05 she has 0.035.
asset   BTC decimals 8
pool    coin asset BTC
  quantity  adl score visit-order allocate queue
  money     haircut base positive-upnl | carryover
market  BTC-INV pool coin inverse tick 0.5 lot 100 brackets 0:0.05:0.025
deposit ann 0.02 BTC
deposit ben 0.1 BTC
deposit cora 0.1 BTC
deposit dora 0.2 BTC
mark    BTC-INV 50000.0
trade   BTC-INV buy ann sell ben 10000 @ 50000.0
trade   BTC-INV buy dora sell cora 10000 @ 50000.0
mark    BTC-INV 40000.0
expect  gap 0.03
expect  haircut ben 0.015
expect  haircut cora 0.015
expect  balance ben 0.135
expect  cost cora BTC-INV 0.215
expect  upnl cora 0.035
expect  balance cora 0.1
expect  equity dora 0.15
expect  dust 0
