# A cut of profits leaves losses alone, and what was put down. (R15)
# Case: perc-gh-10-negative-pnl-untouched
# Source: aeyakovenko/percolator, programs/router/src/state/pnl_vesting.rs,
#   test_h03_negative_pnl_unaffected_by_haircut, test_h01_haircut_scales_pnl_not_principal
# Half is kept in A: bust has lost 20 and had 10; gainer, who won 20, gives the 10. Loser, on the same side, sold at 80, has
# lost 20 of his 100: still -20. Four fifths are kept in B: bust2 has lost 50 and had 40; winner keeps 40 of 50, and his
# 100.
asset   USD decimals 6
pool    main asset USD
  quantity  adl
  money     haircut base positive-upnl scope market | carryover
market  A pool main tick 1 lot 1 brackets 0:0:0
market  B pool main tick 1 lot 1 brackets 0:0:0
deposit bust 10 USD
deposit gainer 100 USD
deposit loser 100 USD
deposit other 100 USD
deposit bust2 40 USD
deposit winner 100 USD
mark    A 120 B 150
trade   A buy bust sell gainer 1 @ 120
trade   A buy other sell loser 1 @ 80
trade   B buy bust2 sell winner 1 @ 150
mark    A 100
expect  gap 10
expect  haircut gainer 10
expect  balance gainer 110
expect  haircut loser 0
expect  upnl loser -20
expect  balance loser 100
mark    B 100
expect  gap 10
expect  haircut winner 10
expect  balance winner 140
expect  haircut loser 0
expect  upnl loser -20
