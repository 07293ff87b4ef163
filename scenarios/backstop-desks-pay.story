# The money layer backstop: the desks that took the lots pay for them, in proportion. (R10, R12)
# Alice, 12 on 1.5 from 100, is 18 short at 80. Vault takes a half (0.75), vault-2 a quarter (0.375), ADL the rest. The two
# desks share the gap 2 : 1, so 12 and 6. Bob pays nothing. Without fund or claims: a desk that takes knows its risk.
asset   USDC decimals 6
pool    main asset USDC
  quantity  backstop | adl score pnl-x-leverage allocate queue
  money     fund | backstop | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
account vault pool main
account vault-2 pool main
deposit vault 1000 USDC
deposit vault-2 1000 USDC
desk    vault share 0.5 market-max 500
desk    vault-2 share 0.25 market-max 500
deposit alice 12 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
mark    BTC-PERP 80.0
expect  gap 18
expect  taken vault BTC-PERP 0.75
expect  taken vault-2 BTC-PERP 0.375
expect  taken bob BTC-PERP 0.375
expect  backstop paid 18
expect  balance vault 988
expect  balance vault-2 994
expect  equity bob 80
expect  deleveraged bob 0
expect  carryover main 0
