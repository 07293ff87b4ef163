# Profit is cut to nothing though the fund could pay: it is asked first. (R10, R15)
# Percolator (perc-ph-14-dust-account-loss): a loss of 500, the other's profit of 500 is cut to 0, the fund keeps its 10,000.
asset   USD decimals 0
pool    main asset USD profit settlement 
  quantity  adl
  money     haircut base locked-profit scope pool | fund | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0.05:0.025
deposit house 1000000 USD
fund    main deposit 10000
deposit cp 1000 USD
deposit bust 100 USD
mark    PERP 100
trade   PERP buy cp sell house 5 @ 100
mark    PERP 200
trade   PERP buy house sell cp 5 @ 200
trade   PERP buy bust sell house 10 @ 200
mark    PERP 140
expect  gap 500
expect  haircut cp 500
expect  balance cp 1000
expect  fund paid 0
expect  fund main 10000
