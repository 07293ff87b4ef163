# The cap of a deleveraged account is the profit of its whole position before the close, not of the lots closed. (R13)
# Bob is short 5 from 83: 15 in profit at 80. 1.5 of it are closed for alice, who is 20 short: those lots earned 4.5, but bob
# answers with all 15; 5 are carried over. He keeps 3.5 lots without any gain, and his 500.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score size allocate queue
  money     deleveraged price zero | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 10 USDC
deposit bob 500 USDC
deposit eva 500 USDC
mark    BTC-PERP 83.0
trade   BTC-PERP buy eva sell bob 5 @ 83.0
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell eva 1.5 @ 100.0
mark    BTC-PERP 80.0
expect  gap 20
expect  taken bob BTC-PERP via profit 1.5
expect  deleveraged bob 15
expect  carryover BTC-PERP 5
expect  size bob BTC-PERP -3.5
expect  equity bob 500
expect  claim bob 15
expect  size eva BTC-PERP 3.5
expect  equity eva 515
