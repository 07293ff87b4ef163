# When winners are not enough: first those in profit, then desks, then anyone on the other side. (R13)
# The vault (a desk) sold 1 at 75, dan 1 at 78, bob 1 at 100. Alice's 3 from 100 with 30 are closed at 80, where only bob is
# in profit (20); the vault has lost 5, dan 2. Each gives his 1, in the order bob, vault, dan, all at mark. The fund pays 30.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 30
account vault pool main
deposit vault 100 USDC
desk    vault share 1 market-max 500
deposit dan 100 USDC
deposit bob 100 USDC
deposit lena 200 USDC
deposit alice 30 USDC
mark    BTC-PERP 75.0
trade   BTC-PERP buy lena sell vault 1 @ 75.0
mark    BTC-PERP 78.0
trade   BTC-PERP buy lena sell dan 1 @ 78.0
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
trade   BTC-PERP buy alice sell lena 2 @ 100.0
expect  balance lena 247
mark    BTC-PERP 80.0
expect  gap 30
expect  fund paid 30
expect  taken bob BTC-PERP via profit 1
expect  taken vault BTC-PERP via desk 1
expect  taken dan BTC-PERP via other 1
expect  balance bob 120
expect  balance vault 95
expect  balance dan 98
expect  balance lena 247
expect  positions 0
