# A desk's window limit counts over its window and opens again with the next one. (R12)
# The vault takes at most 50 of notional an hour. 12:10, mark 80: ann's 0.5 (gap 5), 40. 12:20, mark 75: ben is 0.5 short of
# his loss: 10 are left, 0.133 lots (9.975), the other 0.367 are deleveraged. 14:30, mark 58: cy's 0.5 again whole (29).
asset   USDC decimals 6
pool    main asset USDC
  quantity  backstop | adl score pnl-x-leverage allocate queue
  money     fund | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 20
account vault pool main
deposit vault 1000 USDC
desk    vault share 1 market-max 500 window-max 50 window 1h
deposit ann 5 USDC
deposit ben 12 USDC
deposit cy 20 USDC
deposit bob 500 USDC
at 2025-01-01T12:00:00Z mark BTC-PERP 100.0
trade   BTC-PERP buy ann sell bob 0.5 @ 100.0
trade   BTC-PERP buy ben sell bob 0.5 @ 100.0
trade   BTC-PERP buy cy sell bob 0.5 @ 100.0
at 12:10:00 mark BTC-PERP 80.0
expect  gap 5
expect  taken vault BTC-PERP 0.5
expect  taken bob BTC-PERP 0
at 12:20:00 mark BTC-PERP 75.0
expect  gap 0.5
expect  taken vault BTC-PERP 0.133
expect  taken bob BTC-PERP 0.367
at 14:30:00 mark BTC-PERP 58.0
expect  gap 1
expect  taken vault BTC-PERP 0.5
expect  taken bob BTC-PERP 0
expect  size vault BTC-PERP 1.133
expect  size bob BTC-PERP -1.133
expect  fund main 13.5
expect  positions 2
