# A loser who can pay: nothing is cut, drawn or carried over. (R9, R15)
# Case: perc-gh-03-no-deficit
# Source: aeyakovenko/percolator, crates/model_safety/src/crisis/haircut.rs, test_no_deficit_no_action
# P has put down 1,000,000 and loser 500,000, the money of 1,500,000. Loser bought 1,000 at 1,000 and loses 300,000 at 700:
# with 200,000 against a margin of 30% of 700,000 he is closed, and the 200,000 are his. Nobody lacks anything.
asset   USD decimals 0
pool    main asset USD profit settlement full-close-under 10000000
  quantity  adl
  money     haircut base locked-profit scope pool | fund | haircut base equity scope pool | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0.3:0.3
deposit p 1000000 USD
deposit loser 500000 USD
mark    PERP 1000
trade   PERP buy loser sell p 1000 @ 1000
mark    PERP 700
expect  liquidated 1
expect  bankrupt 0
expect  gap 0
expect  haircut paid 0
expect  fund paid 0
expect  carryover paid 0
expect  balance p 1300000
expect  balance loser 200000
