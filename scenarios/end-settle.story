# Settling turns what is unrealised into balance; positions stay. (R19)
# At 110 alice's 10 move to her balance, bob's -10 to his; the costs are now 110 and -110, and sum to 0 as before.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 50 USDC
deposit bob 50 USDC
deposit eva 5 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
mark    BTC-PERP 110.0
expect  period-gain alice 10
settle  main
expect  balance alice 60
expect  balance bob 40
expect  upnl alice 0
expect  cost alice BTC-PERP 110
expect  cost bob BTC-PERP -110
expect  equity alice 60
expect  equity bob 40
expect  period-gain alice 0
expect  size alice BTC-PERP 1
expect  status BTC-PERP active
expect  balance eva 5
