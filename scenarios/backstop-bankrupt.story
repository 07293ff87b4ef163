# A desk takes its share of a bankrupt account's position at mark; ADL closes the rest. (R12, R13)
# Alice's 1.5 from 100 with 10 are 20 short at 80. The vault may take half of each position: 0.75 at 80, cost 60. The other
# 0.75 are closed against bob: 0.75 x 20 = 15 realised. The fund pays the gap of 20; desk and bob pay nothing.
asset   USDC decimals 6
pool    main asset USDC
  quantity  backstop | adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 20
account vault pool main
deposit vault 1000 USDC
desk    vault share 0.5 market-max 500
deposit alice 10 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
mark    BTC-PERP 80.0
expect  gap 20
expect  fund paid 20
expect  backstop paid 0
expect  deleveraged paid 0
expect  taken vault BTC-PERP via backstop 0.75
expect  taken bob BTC-PERP via profit 0.75
expect  size vault BTC-PERP 0.75
expect  cost vault BTC-PERP 60
expect  equity vault 1000
expect  size bob BTC-PERP -0.75
expect  balance bob 65
expect  equity bob 80
expect  balance alice 0
expect  size alice BTC-PERP 0
