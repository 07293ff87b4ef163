# Breakwater's own default: rules of nobody's, argued in docs/rulebook.md.
# Source: the rules R10 to R17 of this project; the words of this file are its settings. November 2026.
# Why: the budget is exact (nobody pays more than is lacking), charges are capped by the profit they are taken from and
#   fall pro rata (R16: an account that is split pays the same), whoever paid has a claim that later inflows of the fund
#   repay (R17).
# Not modelled: nothing is left out; targets that spare hedges are a setting of the score.
# Ours, where the venue is silent: there is no other venue in it.
asset   USDC decimals 6
pool    main asset USDC
  order-life 60s  buffer 0.1
  quantity  book | backstop | adl score pnl-x-leverage allocate capped-pro-rata
  money     fund | shared-fund | capital | backstop
            | deleveraged price zero cap profit allocate capped-pro-rata
            | haircut base positive-upnl scope market allocate capped-pro-rata
            | haircut base positive-upnl scope pool allocate capped-pro-rata | carryover
  carryover-share 1  refund-share 0.5
