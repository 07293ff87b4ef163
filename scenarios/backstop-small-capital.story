# A desk takes no more than its own capital can margin. (R12, R4a)
# The vault has 2: at 5% they carry 40 of notional, 0.5 BTC at 80, of alice's 1.5. The other 1.0 are deleveraged. The fund pays
# the gap of 20, the vault stands with its 2 at exactly initial margin.
asset   USDC decimals 6
pool    main asset USDC
  quantity  backstop | adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 20
account vault pool main
deposit vault 2 USDC
desk    vault share 1 market-max 500
deposit alice 10 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
mark    BTC-PERP 80.0
expect  taken vault BTC-PERP via backstop 0.5
expect  taken bob BTC-PERP via profit 1
expect  equity vault 2
expect  im vault 2
expect  state vault healthy
expect  gap 20
expect  fund paid 20
expect  size bob BTC-PERP -0.5
expect  equity bob 80
expect  rounds 1
