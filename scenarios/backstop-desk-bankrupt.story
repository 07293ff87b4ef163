# A desk can go bankrupt too: then it is the desk's inventory that ADL closes. (R12, R13)
# At 80 the vault (20 of its own) takes alice's 1.5 whole; the fund pays her gap with all its 20. At 60 the vault has
# 20 - 30 = -10: it is closed against bob, who pays the 10 out of his 60: 50 + 60 - 10 = 100.
asset   USDC decimals 6
pool    main asset USDC
  quantity  backstop | adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 20
account vault pool main
deposit vault 20 USDC
desk    vault share 1 market-max 500
deposit alice 10 USDC
deposit bob 50 USDC
deposit eva 30 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
mark    BTC-PERP 80.0
expect  gap 20
expect  fund paid 20
expect  size vault BTC-PERP 1.5
expect  size bob BTC-PERP -1.5
expect  equity bob 80
mark    BTC-PERP 60.0
expect  bankrupt 1
expect  gap 10
expect  closed vault BTC-PERP 1.5
expect  taken bob BTC-PERP via profit 1.5
expect  fund paid 0
expect  deleveraged bob 10
expect  balance bob 100
expect  balance vault 0
expect  claim bob 10
expect  balance eva 30
