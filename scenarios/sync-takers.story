# An offer whose taker may not take it is passed over; the next is looked at. (R11, R4a)
# Dave has no margin for 4 units; alice cannot take her own lots; erin is alice's person, and the fund would pay her; 80.0 is
# outside the band of 5%. Carol offers to take 12: she gets the 10 there are, at 88.0, which lack 10. Her last offer finds none.
include sync-world.story
market  BTC-PERP band 0.05
deposit dave 1 USDC
account erin pool main owner alice
deposit erin 500 USDC
fund    main deposit 12
mark    BTC-PERP 88.0
liquidate alice BTC-PERP 4 @ 88.0 taker dave | 4 @ 88.0 taker alice | 4 @ 88.0 taker erin | 4 @ 80.0 taker carol
  | 12 @ 88.0 taker carol | 1 @ 88.0 taker carol
expect  taken dave BTC-PERP 0
expect  taken erin BTC-PERP 0
expect  taken carol BTC-PERP via book 10
expect  fund paid 10
expect  fund main 2
expect  balance alice 0
