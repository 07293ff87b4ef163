# A published bankruptcy price: inverse long from 7890.08 at 50x is bankrupt at 7735.37. (R8, R11)
# 1,000,000 are worth 126.74142721 BTC; a fiftieth of it, 2.53482856, is the margin. Bankrupt where 1,000,000/p = 126.74142721
# + 2.53482856 = 129.27625577: p = 7735.3725. The published figure is cut off; our limit is rounded toward the account,
# who sells: 7735.38. At 7750 she has 0.24399770 against 129.03225807 x 0.5% = 0.64516130.
asset   BTC decimals 8
pool    coin asset BTC full-close-under 1000
  quantity  book | adl score pnl-x-leverage allocate queue
market  BTC-INV pool coin inverse tick 0.01 lot 100 brackets 0:0.02:0.005
deposit ann 2.53482856 BTC
deposit ben 10 BTC
mark    BTC-INV 7890.08
trade   BTC-INV buy ann sell ben 1000000 @ 7890.08
mark    BTC-INV 7750.00
expect  state ann working
expect  order-lots ann BTC-INV 1000000
expect  order-limit ann BTC-INV 7735.38
expect  mm ann 0.6451613
expect  equity ann 0.2439977
expect  state ben healthy
expect  size ben BTC-INV -1000000
