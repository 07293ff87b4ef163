# Breakwater's own default: the budget is exact, winners with the most risk close first, profits pay pro rata, who paid is repaid.
# Source: rules R10 to R17 of this project (docs/rulebook.md), chosen in November 2026 by figures: docs/default-rules.md.
# Why, each with its figures there:
#   order-life 5s: an account that waits for the book sinks; a wait of 60 s made the gap of 10 October larger and ADL no smaller.
#   no desks: where prices run on, desks lose their capital, and who closes their inventory lacks more than was lacking before. A
#     venue whose desks have capital to spare writes backstop into both lists.
#   score hedge-aware, in a queue: whoever is closed loses risk, never a hedge; fewer accounts are touched than pro rata.
#   deleveraged first: they leave with their profit and could not be asked later; then the profits of the market, then all.
#   fraction 0.5: no haircut takes more than half of what an account has left.
#   refund-share 0.5: of later inflows half repays who paid, half stands ready for the next loss.
# Not modelled: nothing is left out.
# Ours, where the venue is silent: there is no other venue in it.
asset   USDC decimals 6
pool    main asset USDC
  order-life 5s  buffer 0.1
  quantity  book | adl score hedge-aware allocate queue
  money     fund | shared-fund | capital
            | deleveraged price zero cap profit allocate capped-pro-rata
            | haircut base positive-upnl scope market allocate capped-pro-rata fraction 0.5
            | haircut base positive-upnl scope pool allocate capped-pro-rata fraction 0.5 | carryover
  carryover-share 1  refund-share 0.5
