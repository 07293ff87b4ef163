# What one offer brings into the fund pays for none after it: the fund is looked at once, before the first. (R11, R14)
# At 93 alice has 40 and all 10 units wait, zero value 89 each. 5 at 93.0 are 20 better, all of it the fee (5% of 465 is more).
# 5 at 88.0 would lack 5: the fund has 20 now, but had nothing when the list came. So the rest meets bob at the mark.
include sync-world.story
pool    main liquidation-fee 0.05 full-close-under 10000
mark    BTC-PERP 93.0
liquidate alice BTC-PERP 5 @ 93.0 taker carol | 5 @ 88.0 taker carol
expect  taken carol BTC-PERP 5
expect  liquidation-fee alice 20
expect  closed alice BTC-PERP via profit 5
expect  gap 0
expect  balance alice 20
expect  fund main 20
