# A central counterparty: defaulter's margin, own capital, default fund, haircut of the members' gains, tear-up.
# Source: LCH's answers to a questionnaire on customer margin (hitpages.com/doc/4507210889560064: margin, own
#   contribution, capital up to a limit, rest of the fund); ISDA "CCP Loss Allocation at the End of the Waterfall", August
#   2013 (isda.org; gains haircut pro rata, then tear-up); CME submission 16-354 of 31 August 2016 (haircut of gains,
#   tear-ups); read in November 2026, the last two in summary. No one CCP: the order they have in common.
# Capital (`capital`) pays before the fund, whose members' shares are the stakes of the pool. What the capital's limit
#   is, the story says: what it deposits.
# Variation margin: every batch of marks is settled (`settle-on mark`), so the gains that are haircut are those of this
#   mark, pro rata, also of those who have closed; who lost at this mark pays in full. Nobody loses more than he gained.
# Tear-up: what neither market nor bidders (the desks: the auction) take is closed at mark, pro rata to open positions
#   of the other side. Here the quantity is settled before the money, there after the haircut; the price is the mark in
#   both.
# Not modelled: the defaulter's own contribution to the fund before the capital; assessments; gains since the default
#   rather than of this mark; tear-up of a whole product; clients behind members.
# Ours, where rules differ: the haircut takes whole gains before anything is carried over; what it took is a claim.
asset   USDC decimals 6
pool    main asset USDC
  order-life 60s  full-close-under 1000000000  settle-on mark
  quantity  book | backstop | adl score size allocate pro-rata
  money     capital | fund | shared-fund | haircut base period-gains scope pool allocate capped-pro-rata | carryover
