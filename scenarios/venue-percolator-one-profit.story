# A loss takes profit that is not yet released, and no more of it than is missing. (R15, R18)
# Percolator (perc-ph-01-single): profit 500, loss 200, 300 are left, the capital of 1,000 is whole. User has won 500 and is
# flat; bust loses 300 with 100.
asset   USD decimals 0
pool    main asset USD profit settlement 
  quantity  adl
  money     haircut base locked-profit scope pool | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0.05:0.025
deposit house 1000000 USD
deposit user 1000 USD
deposit bust 100 USD
mark    PERP 100
trade   PERP buy user sell house 5 @ 100
mark    PERP 200
trade   PERP buy house sell user 5 @ 200
expect  locked-profit user 500
trade   PERP buy bust sell house 10 @ 200
mark    PERP 170
expect  gap 200
expect  haircut user 200
expect  locked-profit user 300
expect  balance user 1300
expect  carryover main 0
