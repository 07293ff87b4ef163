# A desk takes only what its limits allow: per market and per window. (R12)
# Of 1.5 bankrupt lots at 80 the vault may hold a notional of 40 in the market: 0.5. The second desk may take 24 in a
# window: 0.3. The other 0.7 go to ADL. The fund pays the gap of 20.
asset   USDC decimals 6
pool    main asset USDC
  quantity  backstop | adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 20
account vault pool main
account vault-2 pool main
deposit vault 1000 USDC
deposit vault-2 1000 USDC
desk    vault share 1 market-max 40
desk    vault-2 share 1 market-max 500 window-max 24 window 1h
deposit alice 10 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
mark    BTC-PERP 80.0
expect  taken vault BTC-PERP 0.5
expect  taken vault-2 BTC-PERP 0.3
expect  taken bob BTC-PERP via profit 0.7
expect  size bob BTC-PERP -0.8
expect  size alice BTC-PERP 0
expect  gap 20
expect  fund paid 20
expect  equity vault 1000
expect  equity vault-2 1000
