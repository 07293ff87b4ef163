# Profit pays first, then the fund; what is left stays uncovered. (R10, R15, R17)
# Percolator (perc-ph-03-spill-to-uncovered): loss 200 = 100 of profit, 50 of the fund, 50 uncovered.
asset   USD decimals 0
pool    main asset USD profit settlement 
  quantity  adl
  money     haircut base locked-profit scope pool | fund | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0.05:0.025
deposit house 1000000 USD
fund    main deposit 50
deposit user 1000 USD
deposit bust 100 USD
mark    PERP 100
trade   PERP buy user sell house 1 @ 100
mark    PERP 200
trade   PERP buy house sell user 1 @ 200
trade   PERP buy bust sell house 10 @ 200
mark    PERP 170
expect  gap 200
expect  haircut user 100
expect  fund paid 50
expect  carryover paid 50
expect  carryover main 50
expect  fund main 0
expect  balance user 1000
