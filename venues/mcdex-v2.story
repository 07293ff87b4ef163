# MCDEX (Mai protocol v2): a liquidator takes the position at mark for a penalty; what the account and the fund cannot
# pay is spread over all positions of the opposite side, per contract.
# Source: mcdexio/mai-protocol-v2 090dcd0 (2020): contracts/perpetual/Position.sol (liquidate, handleSocialLoss, loss
#   per contract rounded half up), its test/test_margin_account.js and test_perpetual.js; mcdexio/mcdex-references
#   en/perpetual.md (auto liquidation to initial margin; the opponents share the loss by size). Penalties as in those
#   tests: 0.5% to the liquidator, 0.5% to the fund.
# Set so: an index of the opposite side, its step rounded half up (there to 18 decimals of a coin).
# Not modelled: one fund and one margin account per contract (here: the story's fund, cross margin); a loss booked
#   while the account keeps a rest of its position (here a bankrupt account is closed whole); the liquidator's
#   discount, which is the story's desks'; the AMM that makes the mark; margins of 10% and 7.5% (where a book has less,
#   such penalties make gaps of their own).
# Ours, where the venue reverts: with nobody on the other side the loss stays open as carryover. What no desk takes is
#   closed at mark pro rata to size.
asset   USDC decimals 6
pool    main asset USDC
  penalty 0.005  penalty-desk 0.005  penalty-first on  withdrawals open
  quantity  backstop | adl score size allocate pro-rata
  money     fund
            | haircut base size side opposing apply index step half-up
            | carryover
