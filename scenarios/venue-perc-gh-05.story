# Locked profit first, then the fund, then everybody's equity. (R10, R15, R18)
# Case: perc-gh-05-all-equity-lost-literal
# Source: aeyakovenko/percolator, crates/model_safety/src/crisis/haircut.rs, test_burn_all_warming_then_insurance
# Principal 1,000,000 of p, locked profit 200,000 of q, a fund of 500,000, and a loss of 1,200,000: late, who has nothing,
# loses it to r. Burned are q's 200,000, then the fund pays its 500,000. What is left, 500,000, falls on equity: p's
# 1,000,000 and r's gain of 1,200,000 (q had the 200,000 and no more), 1,000,000 x 5/22 = 227,272.7 and 272,727.3. In the
# case the money drawn from the fund is lost too, so that p keeps nothing: only what was burned and what the fund paid is
# the case's.
asset   USD decimals 0
pool    main asset USD profit aging profit-age 1000d
  quantity  adl
  money     haircut base locked-profit scope pool | fund | haircut base equity scope pool | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0:0
account late pool main
account r pool main
account q pool main
fund    main deposit 500000
deposit p 1000000 USD
deposit early 200000 USD
mark    PERP 2000
trade   PERP buy early sell q 1000 @ 2000
mark    PERP 1800
trade   PERP buy q sell early 1000 @ 1800
expect  locked-profit q 200000
trade   PERP buy late sell r 1000 @ 1800
mark    PERP 600
expect  gap 1200000
expect  haircut q 200000
expect  fund paid 500000
expect  fund main 0
expect  haircut p 227273
expect  haircut r 272727
expect  haircut paid 700000
expect  carryover main 0
expect  balance q 0
