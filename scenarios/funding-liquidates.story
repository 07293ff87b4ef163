# A payer who cannot afford the funding is liquidated as by a mark. (R4, R11)
# At 96 alice has 10 - 1.5 x 4 = 4 against 144 x 2.5% = 3.6. One per cent of funding takes 1.44: 2.56 is too little.
# 2.56 carries 0.533 BTC at 5% (0.533 x 96 x 5% = 2.5584; 0.534 needs 2.5632), so 0.967 is closed at mark.
# Bob has 50 + 6 + 1.44 = 57.44 before and after.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 funded brackets 0:0.05:0.025
deposit alice 10 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
mark    BTC-PERP 96.0
expect  equity alice 4
expect  mm alice 3.6
expect  state alice healthy
funding BTC-PERP 0.01
expect  size alice BTC-PERP 0.533
expect  closed alice BTC-PERP 0.967
expect  equity alice 2.56
expect  size bob BTC-PERP -0.533
expect  equity bob 57.44
expect  gap 0
expect  state alice healthy
