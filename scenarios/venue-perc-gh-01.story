# A deficit of 300,000 is cut from profit that is still locked; everything else is whole. (R15, R18)
# Case: perc-gh-01-unmatured-only
# Source: aeyakovenko/percolator, crates/model_safety/src/crisis/haircut.rs, test_burn_warming_only
# Money 1,200,000: p's 700,000 and early's 500,000, which q wins and which is locked. Then late, who has nothing, loses
# 300,000 to r. Claims 1,500,000: the 500,000 locked, and 1,000,000 of p and r, which stand for the case's principal. There
# is no fund. The locked profit pays 300,000 and is 200,000; the layer of equity finds nothing left.
asset   USD decimals 0
pool    main asset USD profit aging profit-age 1000d
  quantity  adl
  money     haircut base locked-profit scope pool | fund | haircut base equity scope pool | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0:0
account late pool main
account r pool main
account q pool main
deposit p 700000 USD
deposit early 500000 USD
mark    PERP 1000
trade   PERP buy early sell q 1000 @ 1000
mark    PERP 500
trade   PERP buy q sell early 1000 @ 500
expect  balance early 0
expect  locked-profit q 500000
trade   PERP buy late sell r 1000 @ 500
mark    PERP 200
expect  gap 300000
expect  haircut paid 300000
expect  haircut q 300000
expect  locked-profit q 200000
expect  balance q 200000
expect  balance p 700000
expect  balance r 300000
expect  fund paid 0
expect  carryover main 0
