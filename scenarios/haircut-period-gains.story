# Haircut on the gains of the period: realised and unrealised since the last settle. (R15, R19)
# After the settle at 90 dan buys back 0.5 at 84 from eva, who is short 0.5 from there. At 80 the period's gains are bob 15,
# dan 0.5 x 6 + 0.5 x 10 = 8, eva 2: 25. Alice (27.5) is 2.5 short: a tenth of each: 1.50, 0.80, 0.20. What bob and dan
# gained before the settle (15 and 10) is theirs.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     haircut base period-gains scope pool | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 27.5 USDC
deposit bob 50 USDC
deposit carl 60 USDC
deposit dan 60 USDC
deposit eva 200 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
trade   BTC-PERP buy carl sell dan 1 @ 100.0
mark    BTC-PERP 90.0
settle  main
expect  balance alice 12.5
expect  balance bob 65
expect  period-gain bob 0
mark    BTC-PERP 84.0
trade   BTC-PERP buy dan sell eva 0.5 @ 84.0
expect  period-gain dan 6
expect  balance dan 73
mark    BTC-PERP 80.0
expect  gap 2.5
expect  haircut bob 1.5
expect  haircut dan 0.8
expect  haircut eva 0.2
expect  equity bob 78.5
expect  equity dan 77.2
expect  equity eva 201.8
expect  equity carl 40
expect  carryover main 0
