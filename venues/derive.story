# Derive (Lyra v2): auction of the portfolio; the security module pays the bidder, the rest dilutes everybody's cash.
# Source: github.com/derivexyz/v2-core, src/liquidation/DutchAuction.sol (`bid`), src/assets/CashAsset.sol
#   (`socializeLoss`, `getCashToStableExchangeRate`), read in November 2026 (commits 013da18 and later; tests of 7736900);
#   blog.derive.xyz "v2-liquidation-engine".
# Auction: bidders are the story's desks, there is no book. Of a solvent account they buy at a discount as much as
#   restores the buffer, of an insolvent one they take at mark: what it lacks is paid by the module (the fund), not by
#   them.
# Dilution: the rest is credited as cash without backing; reserve / cash is the rate at which every withdrawal is paid
#   (`withdrawals rate`), and inflows of the fund refill it before anything else (`carryover-share 1`).
# Not modelled: slices of the whole portfolio (here: positions); the price that falls with time, and that a bidder may
#   be paid down to the maintenance margin, beyond the gap; withdrawals that stop while auctions stand beyond the module;
#   interest, all of which refills; one rate for all managers of a cash asset; debts, which the rate there does not net.
# Ours, where the venue would wait: what no bidder takes is closed at mark pro rata to size, and nobody is charged for
#   it.
asset   USDC decimals 6
pool    main asset USDC
  withdrawals rate  carryover-share 1
  quantity  backstop | adl score size allocate pro-rata
  money     fund | shared-fund | carryover
