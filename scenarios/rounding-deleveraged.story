# Roundings where the deleveraged pay: what they are charged too much pays for the next loss, or goes back to the last. (R16, R13)
# Alice is long 7 with too little. At 60 she has -10; bob, cid and dan, short 3, 2 and 2, are closed at 60 and pay by lots: 30/7
# = 4.29, 20/7 = 2.86 twice. ceil-carry: 5 + 3 + 3 = 11, 1 is held. Then eve, the same book from 60: at 20 she has -20, of
# which 1 is there: 57/7 = 8.14, 38/7 = 5.43 twice are 9 + 6 + 6 = 21 of 19: 2 are held. With floor-last the last, dan, gets
# back what is too much: of 10 they pay 5, 3 and 2.
asset   USD decimals 0
pool    carry asset USD
  quantity  adl score pnl allocate pro-rata
  money     deleveraged rounding ceil-carry | carryover
pool    last asset USD
  quantity  adl score pnl allocate pro-rata
  money     deleveraged rounding floor-last | carryover
market  A pool carry tick 1 lot 1 brackets 0:0.1:0.05
market  B pool last tick 1 lot 1 brackets 0:0.1:0.05
deposit alice 270 USD
deposit bob 1000 USD
deposit cid 1000 USD
deposit dan 1000 USD
deposit eve 260 USD
account alice2 pool last
account bob2 pool last
account cid2 pool last
account dan2 pool last
deposit alice2 270 USD
deposit bob2 1000 USD
deposit cid2 1000 USD
deposit dan2 1000 USD
mark    A 100 B 100
trade   A buy alice sell bob 3 @ 100 | A buy alice sell cid 2 @ 100 | A buy alice sell dan 2 @ 100
trade   B buy alice2 sell bob2 3 @ 100 | B buy alice2 sell cid2 2 @ 100 | B buy alice2 sell dan2 2 @ 100
mark    A 60 B 60
expect  gap carry 10
expect  deleveraged bob 5
expect  deleveraged cid 3
expect  deleveraged dan 3
expect  deleveraged paid carry 10
expect  ceil-carried carry 1
expect  deleveraged bob2 5
expect  deleveraged cid2 3
expect  deleveraged dan2 2
expect  balance dan2 1078
expect  ceil-carried last 0
trade   A buy eve sell bob 3 @ 60 | A buy eve sell cid 2 @ 60 | A buy eve sell dan 2 @ 60
mark    A 20
expect  gap carry 20
expect  deleveraged bob 9
expect  deleveraged cid 6
expect  deleveraged dan 6
expect  deleveraged paid carry 20
expect  ceil-carried carry 2
expect  carryover carry 0
