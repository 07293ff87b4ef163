# Equal profits pay equal shares. (R15, R16)
# Percolator (perc-ph-05-equal-shares): a loss of 10,000 over two profits of 10,000: 5,000 each.
asset   USD decimals 0
pool    main asset USD profit settlement 
  quantity  adl
  money     haircut base locked-profit scope pool | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0.05:0.025
deposit house 1000000 USD
deposit user 1000 USD
deposit lp 1000 USD
deposit bust 1000 USD
mark    PERP 1000
trade   PERP buy user sell house 10 @ 1000 | PERP buy lp sell house 10 @ 1000
mark    PERP 2000
trade   PERP buy house sell user 10 @ 2000 | PERP buy house sell lp 10 @ 2000
trade   PERP buy bust sell house 10 @ 2000
mark    PERP 900
expect  gap 10000
expect  haircut user 5000
expect  haircut lp 5000
expect  locked-profit user 5000
expect  locked-profit lp 5000
