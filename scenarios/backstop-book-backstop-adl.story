# All three quantity layers: what the book did not buy goes to the desk, what the desk may not take is deleveraged. (R10)
# Of 1.131 lots eva buys 0.131 at 92. With the next batch the order ends: 1.000 are left. The vault may hold 46 of
# notional: 0.5 at 92. The last 0.5 are closed against bob. All at mark, so nobody's equity moves.
asset   USDC decimals 6
pool    main asset USDC
  quantity  book | backstop | adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
account vault pool main
deposit vault 1000 USDC
desk    vault share 1 market-max 46
deposit alice 20 USDC
deposit bob 100 USDC
deposit eva 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 92.0
fill    alice BTC-PERP 0.131 @ 92.0 taker eva
mark    BTC-PERP 92.0
expect  taken vault BTC-PERP via backstop 0.5
expect  taken bob BTC-PERP via profit 0.5
expect  size alice BTC-PERP 0.869
expect  size eva BTC-PERP 0.131
expect  size vault BTC-PERP 0.5
expect  size bob BTC-PERP -1.5
expect  equity alice 4
expect  equity bob 116
expect  equity eva 100
expect  equity vault 1000
expect  gap 0
