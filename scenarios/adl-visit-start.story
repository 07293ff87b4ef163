# Score visit-order with start mix: the visit begins anywhere and goes on round the end. (R13)
# Accounts were opened carol, dave, bob, vera, lena. The mark is command 24, and mix(24) mod 5 = 2: it begins with bob, who
# gives his 2; vera and lena are not short; round the end comes carol, who gives the other 3. From the first account on
# (adl-visit-order) carol would give 4 and dave 1. [dYdX v4 begins at a random subaccount]
include adl-world.story
pool    main quantity adl score visit-order start mix allocate queue
mark    BTC-PERP 90.0
expect  taken bob BTC-PERP via profit 2
expect  taken carol BTC-PERP via profit 3
expect  taken dave BTC-PERP 0
expect  size carol BTC-PERP -1
expect  size dave BTC-PERP -6
expect  equity bob 30
expect  equity carol 232
expect  fund paid 20
