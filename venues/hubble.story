# Hubble: liquidations are matched with orders of the book; the insurance fund owes every bad debt in full, and what
# it does not have is an obligation that its later income pays first. No trader pays.
# Source: Hubble Exchange contracts (copy: sindy45/hubble-protocol 056d1e9, 26 July 2023): MarginAccount.sol
#   (settleBadDebt), InsuranceFund.sol (pendingObligation, paid from any balance; no deposit or withdrawal of shares
#   while there is one; two days to unbond), orderbooks/OrderBook.sol (liquidateAndExecuteOrder), ClearingHouse.sol
#   (penalty to the fund).
# Set so: the carryover is the obligation, and all inflow of the fund pays it; a quarter of a position in one order; the
#   penalty of 5% (test/utils.js, its set-up; an earlier version gave half to the liquidator) as a fee out of surplus:
#   what an account cannot pay of a penalty would raise the fund's income and what it owes alike.
# Not modelled: collateral that the fund seizes and auctions from 1.05 times its price down to 0 within two hours; the
#   day within which unbonded shares must be taken, and their value of that day (here: of the request, if that is
#   less).
# Ours, where the venue leaves the position open: what the book does not take is closed at mark pro rata to size.
asset   USDC decimals 6
pool    main asset USDC
  order-life 60s  slice 0.25  liquidation-fee 0.05
  carryover-share 1  unbonding 2d  withdrawals open
  quantity  book | adl score size allocate pro-rata
  money     fund | carryover
