# Score visit-order: no merit at all, accounts are closed as they come. (R13)
# Accounts were opened carol, dave, bob: carol gives her 4, dave 1.
include adl-world.story
pool    main quantity adl score visit-order allocate queue
mark    BTC-PERP 90.0
expect  taken carol BTC-PERP via profit 4
expect  taken dave BTC-PERP via profit 1
expect  taken bob BTC-PERP 0
expect  size dave BTC-PERP -5
expect  equity dave 112
expect  equity bob 30
expect  balance carol 232
expect  size lena BTC-PERP 7
expect  fund paid 20
