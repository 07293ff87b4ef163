# 1 August 2022: a bridge is emptied, and the dollars that came over it are worth nothing. A venue had taken them as collateral and
# counts them at 1 for two hours, since its price is that of the real dollar. Then they go to zero within minutes (R5a). What is published of the
# bridge, and that the venue is invented: 2022-08-01-nomad/README.md.
title    A collateral goes to zero: a bridge on 1 August 2022
notes    2022-08-01-nomad/notes.txt

# A quarter of the traders hold the coin, worth from a fifth of their equity to one and a half times of it; what exceeds it is borrowed.
generate 2022-08-01-nomad/markets.csv accounts 100000 seed 1 holder-share 0.25 holder-from 0.2 holder-to 1.5

at 2022-08-01T21:00:00Z
asset    USDC decimals 6
asset    MADUSDC decimals 6
pool     main asset USDC
  order-life 60s
  quantity  book | adl score pnl-x-leverage allocate queue
  money     fund | shared-fund | backstop | deleveraged price zero | haircut base positive-upnl | carryover
fund     main deposit 2000000

# The desk takes the coin over for debts, at what it counts less the haircut, as long as it has money; what it has taken is worth nothing too.
account  collateral-desk pool main
deposit  collateral-desk 1000000 USDC
desk     collateral-desk share 1 discount 0.05 market-max 100000000
collateral MADUSDC pool main tick 0.0001 haircut 0.1 price-max 2 amount-max 190000000

account  maker-a pool main market-maker
deposit  maker-a 100000000 USDC
account  maker-b pool main market-maker
deposit  maker-b 100000000 USDC

path     2022-08-01-nomad/prices.csv from 2022-08-01T23:30:00Z to 2022-08-02T00:00:00Z batch 10s every 1
