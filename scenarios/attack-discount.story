# Attack: a desk's discount so deep that the fund pays for an account that was solvent. (R12, R8)
# Expected: never below zero value. At 90.2 alice has 0.4 on her 2 BTC. 5% off would be 85.69, but her zero value is 90.0 each:
# the desk pays 180. She is left with 0, the fund with its 10; there is no gap and no surplus.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000
  quantity  backstop | adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 10
account vault pool main
deposit vault 1000 USDC
desk    vault share 1 discount 0.05 market-max 500
deposit alice 20 USDC
deposit bob 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 90.2
expect  bankrupt 0
expect  gap 0
expect  fund paid 0
expect  surplus alice 0
expect  balance alice 0
expect  size alice BTC-PERP 0
expect  cost vault BTC-PERP 180
expect  equity vault 1000.4
expect  fund main 10
expect  size bob BTC-PERP -2
expect  equity bob 119.6
