# Mango v4: a liquidator takes the position and, when the account is bankrupt, its loss: the insurance fund pays him
# the loss and a fee on it; what the fund lacks is spread over all open positions of the market, long or short, by
# size.
# Source: blockworks-foundation/mango-v4 1303a4a (4 September 2024), programs/mango-v4/src: instructions/
#   perp_liq_base_or_positive_pnl.rs, perp_liq_negative_pnl_or_bankruptcy.rs (fund pays ceil(loss x (1 + fee)), the
#   rest is socialised once the fund is empty), state/perp_market.rs (socialize_loss: loss over open interest),
#   instructions/ token_liq_bankruptcy.rs (a loss without a market lowers the deposit index). Fee: 1.25%, the preset
#   of the venue's own form for a new market (governance-ui, PerpCreate).
# Set so: loss of a market by size on both sides, loss of the pool by balance, both by index; liquidation stops at
#   initial health. The venue cuts its steps off and forgets the rest; here the rest is carried to the next loss.
# Not modelled: the liquidator's discount is the story's desks', not the market's; platform fees; the fund is another
#   token; limits on what profits settle per hour; markets that may not use the fund.
# Ours, where the venue is silent: with no open interest the venue erases the debt and the last to settle loses; here
#   depositors pay by balance, then carryover. What no desk takes is closed at mark pro rata to size.
asset   USDC decimals 6
pool    main asset USDC withdrawals open
  quantity  backstop | adl score size allocate pro-rata
  money     fund fee 0.0125
            | haircut base size side both apply index
            | haircut base balance scope pool apply index
            | carryover
