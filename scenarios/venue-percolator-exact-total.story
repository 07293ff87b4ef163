# Shares that do not divide: floors, and the unit that is left to the largest remainder. (R15, R16)
# Percolator (perc-ph-08-exact-total-250): 250 over profits of 100, 200 and 300: 41.67, 83.33 and 125: 42 + 83 + 125 = 250.
asset   USD decimals 0
pool    main asset USD profit settlement 
  quantity  adl
  money     haircut base locked-profit scope pool | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0.05:0.025
deposit house 1000000 USD
deposit u1 1000 USD
deposit u2 1000 USD
deposit u3 1000 USD
deposit bust 50 USD
mark    PERP 100
trade   PERP buy u1 sell house 1 @ 100 | PERP buy u2 sell house 2 @ 100 | PERP buy u3 sell house 3 @ 100
mark    PERP 200
trade   PERP buy house sell u1 1 @ 200 | PERP buy house sell u2 2 @ 200 | PERP buy house sell u3 3 @ 200
trade   PERP buy bust sell house 5 @ 200
mark    PERP 140
expect  gap 250
expect  haircut paid 250
expect  haircut u1 42
expect  haircut u2 83
expect  haircut u3 125
