# Without profits the fund pays, but not what is set aside and not below its floor. (R14)
# Percolator (perc-ph-12-unreserved-fund-spent): fund 200, floor 100, 40 reserved: of 60 a loss of 30 is paid, 170 are left.
asset   USD decimals 0
pool    main asset USD profit settlement fund-floor 100 fund-reserved 40
  quantity  adl
  money     haircut base locked-profit scope pool | fund | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0.05:0.025
deposit house 1000000 USD
fund    main deposit 200
deposit bust 70 USD
mark    PERP 100
trade   PERP buy bust sell house 10 @ 100
expect  usable 60
mark    PERP 90
expect  gap 30
expect  fund paid 30
expect  fund main 170
expect  carryover main 0
