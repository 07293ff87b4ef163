# FTX: the market, then backstop liquidity providers, then positions of the other side pro rata to their size, which share
#   the cost with the fund.
# Source: FTX help 360027668712 and 360027937831 (liquidations), 360024479392 (backstop liquidity provider program), as
#   published until November 2022, stored copies read in November 2026: about every 6 s a tenth of the position goes to
#   the market; the other side closes at 2/3 x zero price + 1/3 x mark price.
# Not modelled: the ten largest positions only (here: all of the side, pro rata to size); the share closed per second by
#   margin fraction; the providers' own limits per minute and hour (here: the limits of the story's desks), and that they
#   too bear two thirds (here: all that their lots lack).
# Ours, where the venue is silent: what the fund does not have stays open as carryover; the venue spoke of clawbacks.
# The displayed size of its fund was not its balance (testimony of 2023): nothing here follows from it.
asset   USDC decimals 6
pool    main asset USDC
  order-life 6s  slice 0.1
  quantity  book | backstop | adl score size allocate pro-rata
  money     backstop | deleveraged price split cap profit allocate capped-pro-rata | fund | shared-fund | carryover
