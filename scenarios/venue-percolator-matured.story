# Profit that is released does not pay. (R15, R18)
# Percolator (perc-ph-10-unmatured-first): of a profit of 10,000 half has matured; a loss of 3,000 comes from the other half:
# 7,000 are left, of them 5,000 matured.
asset   USD decimals 0
pool    main asset USD profit settlement 
  quantity  adl
  money     haircut base locked-profit scope pool | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0.05:0.025
deposit house 1000000 USD
deposit user 10000 USD
deposit bust 1000 USD
mark    PERP 1000
trade   PERP buy user sell house 10 @ 1000
mark    PERP 1500
trade   PERP buy house sell user 10 @ 1500
settle  main
trade   PERP buy user sell house 10 @ 1500
mark    PERP 2000
trade   PERP buy house sell user 10 @ 2000
expect  balance user 20000
expect  locked-profit user 5000
trade   PERP buy bust sell house 10 @ 2000
mark    PERP 1600
expect  gap 3000
expect  haircut user 3000
expect  balance user 17000
expect  locked-profit user 2000
expect  withdrawable user 15000
