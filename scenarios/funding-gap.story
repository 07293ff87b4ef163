# Funding that is still pending is part of what a bankrupt account lacks and of what its winner has won. (R4, R9)
# 1% of 150 is 1.5. At 80 alice has 10 - 1.5 - 30 = -21.5, bob 50 + 1.5 + 30 = 81.5. The fund pays 20, bob 1.5.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 funded brackets 0:0.05:0.025
fund    main deposit 20
deposit alice 10 USDC
deposit bob 50 USDC
deposit eva 7 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
funding BTC-PERP 0.01
expect  equity alice 8.5
expect  equity bob 51.5
mark    BTC-PERP 80.0
expect  gap 21.5
expect  fund paid 20
expect  deleveraged bob 1.5
expect  balance bob 80
expect  balance alice 0
expect  balance eva 7
expect  dust 0
