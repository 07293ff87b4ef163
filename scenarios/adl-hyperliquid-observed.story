# Score hyperliquid-observed, side x (mark/entry - 1) x leverage, as measured on 10 October 2025. (R13)
# For a short 1 - mark/entry is PnL%, so in profit it orders as pnl-x-leverage: bob 0.600, carol 0.127, dave 0.105.
# Bob gives 2, carol 3: dave, whom the documented formula would have closed, keeps all.
include adl-world.story
pool    main quantity adl score hyperliquid-observed allocate queue
mark    BTC-PERP 90.0
expect  taken bob BTC-PERP via profit 2
expect  taken carol BTC-PERP via profit 3
expect  taken dave BTC-PERP 0
expect  size dave BTC-PERP -6
expect  balance carol 224
expect  equity dave 112
expect  size lena BTC-PERP 7
expect  fund paid 20
