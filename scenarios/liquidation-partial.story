# A solvent account is closed only as far as it must: until equity covers initial margin again. (R11, R13)
# Alice is long 2 from 100 with 20. At 92 she has 20 - 16 = 4 against 184 x 2.5% = 4.6. 4 carries 4 / 5% = 80 of notional:
# 0.869 BTC (79.948; 0.870 is 80.04). 1.131 go at mark, so equity stays 4: balance 20 - 1.131 x 8 = 10.952, and
# -0.869 x 8 = -6.952 unrealised. Bob, deleveraged at mark, keeps his 116.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 20 USDC
deposit bob 100 USDC
deposit eva 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 92.0
expect  closed alice BTC-PERP 1.131
expect  taken bob BTC-PERP via profit 1.131
expect  size alice BTC-PERP 0.869
expect  balance alice 10.952
expect  upnl alice -6.952
expect  equity alice 4
expect  im alice 3.9974
expect  state alice healthy
expect  size bob BTC-PERP -0.869
expect  equity bob 116
expect  deleveraged bob 0
expect  gap 0
expect  liquidated 1
expect  bankrupt 0
expect  rounds 1
expect  equity eva 100
