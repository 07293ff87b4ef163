# Drift v2: liquidators and the book take positions; the insurance fund pays within the market's allowance, then the
# market's fee pool, then every open position of the market, long or short, by its size.
# Source: drift-labs/protocol-v2 0ae3e3b (1 April 2026), programs/drift/src: controller/liquidation.rs
#   (resolve_perp_bankruptcy), math/liquidation.rs (funding delta = ceil of loss over long and short size; fund fee
#   only out of what keeps the account solvent; below 50 USD the whole position), math/constants.rs (tier B: 1,000,000
#   at most over the life of a market; unstaking 13 days), sdk/src/adminClient.ts (default fund fee of 1%).
# Set so: an index of both sides whose step is rounded up, so it takes a little too much; the fund keeps one unit (vault
#   - 1); market-cap over a window as long as a market lives; the fee pool is the story's capital; unstaking pays
#   min(then, now) after 13 days.
# Not modelled: tiers per market (here: tier B for all; A 100,000,000, C 100,000, speculative nothing) and a fee pool
#   per market; the liquidator's share that grows with time, the target of maintenance margin + 2% (here: initial
#   margin); limits on what settles between winners and the market's pool; losses of borrowers (deposit index).
# Ours, where the venue is silent: with nobody left in the market the venue cannot resolve the bankruptcy; here the
#   loss stays open as carryover. What neither book nor desks take is closed at mark pro rata to size.
asset   USDC decimals 6
pool    main asset USDC
  order-life 60s  full-close-under 50  liquidation-fee 0.01
  fund-floor 0.000001  market-cap 1000000  window 36500d  unbonding 13d  withdrawals open
  quantity  book | backstop | adl score size allocate pro-rata
  money     fund | capital
            | haircut base size side both apply index step ceil
            | carryover
