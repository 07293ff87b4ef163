# An offer's gap with a penalty in it: with penalty-first the penalty itself can pay. (R11, R14)
# At 89.2 alice has 2 on 892; closed whole she may not bring less than 890. Carol's 892 less the penalty of 8.92 are 6.92 too
# few. The fund is empty, so the offer is not taken; ADL closes the 10 units at the same price, bob pays the 6.92 and the fund
# has the 8.92 afterwards. With penalty-first on, zoe's offer is taken: of her 8.92 the fund pays 6.92 back and keeps 2.
include sync-world.story
pool    main penalty 0.01 full-close-under 1000
mark    BTC-PERP 89.2
liquidate alice BTC-PERP 10 @ 89.2 taker carol
expect  taken carol BTC-PERP 0
expect  penalty alice 8.92
expect  gap 6.92
expect  deleveraged bob 6.92
expect  fund main 8.92
fund    main from-market 8.92 market BTC-PERP
fund    main withdraw 8.92
pool    main penalty-first on
deposit zoe 110 USDC
deposit ken 500 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy zoe sell ken 10 @ 100.0
mark    BTC-PERP 89.2
liquidate zoe BTC-PERP 10 @ 89.2 taker carol
expect  taken carol BTC-PERP via book 10
expect  gap 6.92
expect  fund paid 6.92
expect  fund main 2
expect  balance zoe 0
