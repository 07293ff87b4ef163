# A marginless desk takes all there is, beyond its initial margin, and is closed only when it is bankrupt; another desk
# never takes its inventory, ADL does. (R12)
# alice (long 10 at 100, deposit 60) is bankrupt at 90: equity -40. Desk vault (deposit 20) takes all 10 at mark though their
# initial margin is 45. Its 20 pay half of the gap (layer backstop), then its equity is 0, which is not below 0. At 89 it
# lacks 10: bankrupt. bob, short since 100, is closed at 89; nobody else pays, so 20 + 10 are carried over.
asset   USDC decimals 6
pool    main asset USDC
  quantity  backstop | adl score pnl-x-leverage allocate queue
  money     backstop | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
account vault pool main
deposit vault 20 USDC
desk    vault share 1 market-max 1000000 marginless
account other pool main
deposit other 500 USDC
desk    other share 0 market-max 1000000
deposit alice 60 USDC
deposit bob 200 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 10 @ 100.0
mark    BTC-PERP 90.0
expect  size vault BTC-PERP 10
expect  size bob BTC-PERP -10
expect  backstop paid 20
expect  carryover main 20
expect  equity vault 0
expect  state vault healthy
desk    other share 1 market-max 1000000
mark    BTC-PERP 89.0
expect  size vault BTC-PERP 0
expect  size other BTC-PERP 0
expect  size bob BTC-PERP 0
expect  balance bob 310
expect  carryover main 30
expect  balance other 500
