# A desk takes a solvent short at a price above the mark. (R12, R9)
# Short 2 from 100 with 20: at 108 bob has 4 against 5.4 and keeps 0.740 (0.740 x 108 x 5% = 3.996). 1.260 go to the vault at
# 108 x 1.01 = 109.08: bob loses 1.26 x 1.08 = 1.3608 and keeps 2.6392. Zero value was 4 x 1.26/2 = 2.52 above mark: surplus
# 2.52 - 1.3608 = 1.1592, his. The vault is short for 137.4408, worth 136.08.
asset   USDC decimals 6
pool    main asset USDC
  quantity  backstop | adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
account vault pool main
deposit vault 1000 USDC
desk    vault share 1 discount 0.01 market-max 500
deposit alice 100 USDC
deposit bob 20 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 108.0
expect  taken vault BTC-PERP via backstop 1.26
expect  size vault BTC-PERP -1.26
expect  cost vault BTC-PERP -137.4408
expect  equity vault 1001.3608
expect  surplus bob 1.1592
expect  size bob BTC-PERP -0.74
expect  equity bob 2.6392
expect  size alice BTC-PERP 2
expect  equity alice 116
expect  gap 0
