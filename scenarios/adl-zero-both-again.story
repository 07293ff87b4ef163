# Price zero-both: lots that one counterparty refuses are offered to the others before anyone out of turn is asked. (R13, R4a)
# Carl lacks 1 at 50000 (29999 - 30000), Cleo 14000. Dora's turn is first, and with 2 she could close both. She has 61400 +
# 60000 - 105000 = 16400, initial margin 28400: she closes Carl's lot and has 16399, maintenance 9200; Cleo's would leave her
# 2399 of 4200, less per unit than before. So Dave, who was not needed as long as Dora would take both, closes Cleo, still as
# one in profit: 40000 + 30000 - 14000.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000000
  quantity  adl score visit-order allocate queue
  money     fund | deleveraged price zero-both | carryover
market  BTC-USD pool main tick 100 lot 0.00000001 brackets 0:0.2:0.1
market  ETH-USD pool main tick 1 lot 0.000001 brackets 0:0.2:0.1
deposit dora 61400 USDC
deposit dave 40000 USDC
deposit carl 29999 USDC
deposit cleo 16000 USDC
deposit lena 300000 USDC
mark    BTC-USD 80000 ETH-USD 7000
trade   ETH-USD buy dora sell lena 21 @ 7000
trade   BTC-USD buy carl sell dora 1 @ 80000
trade   BTC-USD buy cleo sell dora 1 @ 80000
trade   BTC-USD buy lena sell dave 1 @ 80000
mark    BTC-USD 50000 ETH-USD 2000
expect  gap 14001
expect  deleveraged paid 14001
expect  taken dora BTC-USD via profit 1
expect  deleveraged dora 1
expect  equity dora 16399
expect  size dora BTC-USD -1
expect  taken dave BTC-USD via profit 1
expect  deleveraged dave 14000
expect  balance dave 56000
expect  balance carl 0
expect  balance cleo 0
