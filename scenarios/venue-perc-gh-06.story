# A cut of half of equity takes profit before principal. (R15, R18)
# Case: perc-gh-06-catch-up-realized-first
# Source: aeyakovenko/percolator, crates/model_safety/src/crisis/materialize.rs, test_burn_realized_first
# U has put down 1,000,000 and won 500,000 from early. Late, who has nothing, loses 1,500,000 to r: equity of 3,000,000,
# half of it gone. U pays 750,000: 750,000 are left, all of it principal; the profit of 500,000 is gone first.
asset   USD decimals 0
pool    main asset USD profit settlement
  quantity  adl
  money     haircut base equity scope pool | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0:0
account late pool main
account r pool main
deposit u 1000000 USD
deposit early 500000 USD
mark    PERP 3000
trade   PERP buy early sell u 1000 @ 3000
mark    PERP 2500
trade   PERP buy u sell early 1000 @ 2500
expect  balance u 1500000
expect  net-deposits u 1000000
expect  locked-profit u 500000
trade   PERP buy late sell r 1000 @ 2500
mark    PERP 1000
expect  gap 1500000
expect  haircut u 750000
expect  haircut r 750000
expect  balance u 750000
expect  locked-profit u 0
expect  withdrawable u 750000
expect  carryover main 0
