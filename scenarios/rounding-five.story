# The five roundings of a loss of 500 over gains of 1,400 and 700: exact shares are 333.33 and 166.67. (R16)
# Both losers of a pool have too little: 500 for 700, 1,100 for 1,400. largest-remainder gives the unit that floors leave to the
# larger remainder: 333, 167. All others floor what a winner keeps, 1,066.67 and 533.33, so they charge 334 and 167, one too
# much: floor-last and ratio16 give it back to the last, as Vega does (vega-sr-04-floor-and-residual: he is paid 534), floor-fund
# to the fund, and ceil-carry holds it. The next loss there, of 400 over gains of 500 and 250, is charged as 399: exactly 266 and
# 133, and nothing is held any more. The claims are what was charged: 334 + 266 and 167 + 133.
limits  pools 5 markets 5
asset   USD decimals 0
pool    lr asset USD
  quantity  adl
  money     haircut base period-gains scope pool | carryover
pool    last asset USD
  quantity  adl
  money     haircut base period-gains scope pool rounding floor-last | carryover
pool    fund asset USD
  quantity  adl
  money     haircut base period-gains scope pool rounding floor-fund | carryover
pool    carry asset USD
  quantity  adl
  money     haircut base period-gains scope pool rounding ceil-carry | carryover
pool    ratio asset USD
  quantity  adl
  money     haircut base period-gains scope pool rounding ratio16 | carryover
market  A pool lr tick 1 lot 1 brackets 0:0.05:0.025
market  B pool last tick 1 lot 1 brackets 0:0.05:0.025
market  C pool fund tick 1 lot 1 brackets 0:0.05:0.025
market  D pool carry tick 1 lot 1 brackets 0:0.05:0.025
market  E pool ratio tick 1 lot 1 brackets 0:0.05:0.025
account loss1a pool lr
account loss2a pool lr
account win1a pool lr
account win2a pool lr
deposit loss1a 500 USD
deposit loss2a 1100 USD
deposit win1a 1000 USD
deposit win2a 1000 USD
account loss1b pool last
account loss2b pool last
account win1b pool last
account win2b pool last
deposit loss1b 500 USD
deposit loss2b 1100 USD
deposit win1b 1000 USD
deposit win2b 1000 USD
account loss1c pool fund
account loss2c pool fund
account win1c pool fund
account win2c pool fund
deposit loss1c 500 USD
deposit loss2c 1100 USD
deposit win1c 1000 USD
deposit win2c 1000 USD
account loss1d pool carry
account loss2d pool carry
account win1d pool carry
account win2d pool carry
deposit loss1d 500 USD
deposit loss2d 1100 USD
deposit win1d 1000 USD
deposit win2d 1000 USD
account loss1e pool ratio
account loss2e pool ratio
account win1e pool ratio
account win2e pool ratio
deposit loss1e 500 USD
deposit loss2e 1100 USD
deposit win1e 1000 USD
deposit win2e 1000 USD
mark    A 100 B 100 C 100 D 100 E 100
trade   A buy win2a sell loss1a 7 @ 100 | A buy win1a sell loss2a 14 @ 100
trade   B buy win2b sell loss1b 7 @ 100 | B buy win1b sell loss2b 14 @ 100
trade   C buy win2c sell loss1c 7 @ 100 | C buy win1c sell loss2c 14 @ 100
trade   D buy win2d sell loss1d 7 @ 100 | D buy win1d sell loss2d 14 @ 100
trade   E buy win2e sell loss1e 7 @ 100 | E buy win1e sell loss2e 14 @ 100
mark    A 200 B 200 C 200 D 200 E 200
expect  gap lr 500
expect  haircut win1a 333
expect  haircut win2a 167
expect  haircut win1b 334
expect  haircut win2b 166
expect  haircut win1c 334
expect  haircut win2c 167
expect  haircut paid fund 500
expect  fund C 1
expect  fund fund 1
expect  haircut win1d 334
expect  haircut win2d 167
expect  haircut paid carry 500
expect  ceil-carried carry 1
expect  haircut win1e 334
expect  haircut win2e 166
expect  balance win1e 2066
expect  balance win2e 1534
expect  ceil-carried fund 0
expect  carryover carry 0
settle  carry
account loss3 pool carry
deposit loss3 350 USD
trade   D buy win1d sell loss3 10 @ 200 | D buy win2d sell loss3 5 @ 200
mark    D 250
expect  gap carry 400
expect  haircut win1d 266
expect  haircut win2d 133
expect  haircut paid carry 400
expect  ceil-carried carry 0
expect  claim win1d 600
expect  claim win2d 300
expect  carryover carry 0
