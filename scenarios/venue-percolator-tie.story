# A loss of one unit over equal profits: the lower account pays it. (R15, R16)
# Percolator (perc-ph-09-tie-lower-index): 1 over 100 and 100: equal remainders of 1/2, u1 pays.
asset   USD decimals 0
pool    main asset USD profit settlement 
  quantity  adl
  money     haircut base locked-profit scope pool | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0.05:0.025
deposit house 1000000 USD
deposit u1 1000 USD
deposit u2 1000 USD
deposit bust 59 USD
mark    PERP 100
trade   PERP buy u1 sell house 1 @ 100 | PERP buy u2 sell house 1 @ 100
mark    PERP 200
trade   PERP buy house sell u1 1 @ 200 | PERP buy house sell u2 1 @ 200
trade   PERP buy bust sell house 2 @ 200
mark    PERP 170
expect  gap 1
expect  haircut u1 1
expect  haircut u2 0
