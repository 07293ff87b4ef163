# OKEx, 31 July 2018: about 1,200 BTC that nobody had were taken from the week's profits at the settlement on Friday; the rate
# was published as 17 to 18%. (R19, R17) Sources: OKEx support 115001762991 (rate = loss / net profit of the week);
# omgaltcoin.com, cryptovest, ambcrypto of August 2018.
# A range, because the published figures contradict each other. Loss 950 to 1,200 BTC and a rate of 17 to 18% mean profits of
# 5,278 to 7,059 BTC. "Without the 2,500 BTC that the venue put in, up to 40%" means (1,200 + 2,500) / 40% = 9,250 BTC, which
# makes the rate 13.0%. Here the loss is 1,200 and the profits are 6,800: 3 / 17 = 17.647%.
# Alice is long 340 from 100 with 5,600; at 80 she has lost 6,800. Bob (250 short) has won 5,000, dan (90 short) 1,800. Eva was
# flat. Bob pays 882.3529, dan 317.6471.
asset   BTC decimals 4
pool    main asset BTC profit settlement
  quantity  adl score size allocate pro-rata
  money     shared-fund | carryover
market  BTC-0928 pool main tick 1 lot 1 brackets 0:0.1:0.05
deposit alice 5600 BTC
deposit bob 6000 BTC
deposit dan 3000 BTC
deposit eva 1000 BTC
mark    BTC-0928 100
trade   BTC-0928 buy alice sell bob 250 @ 100 | BTC-0928 buy alice sell dan 90 @ 100
mark    BTC-0928 80
expect  gap 1200
expect  carryover main 1200
expect  period-gain bob 5000
expect  period-gain dan 1800
settle  main
expect  carryover main 0
expect  claim bob >= 850
expect  claim bob <= 900
expect  claim bob 882.3529
expect  claim dan >= 306
expect  claim dan <= 324
expect  claim dan 317.6471
expect  balance bob 10117.6471
expect  balance dan 4482.3529
expect  balance eva 1000
