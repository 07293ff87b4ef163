# Attack: come after the loss, to the fund or to the market, and hope for a bargain, or be made to pay. (R15, R17, R19)
# Expected: neither. Sam sells 1 to eva at 80 after alice's 20 were carried over; the clawback takes them from the gains of the
# period, bob's 30 and dan's 20: 12 and 8. Sam pays nothing. A deposit into the fund before the settle pays the old loss
# first: of 5, nothing is left in the fund, and the clawback is 15: 9 and 6.
include haircut-world.story
pool    main money carryover
mark    BTC-PERP 80.0
expect  carryover main 20
deposit sam 50 USDC
trade   BTC-PERP buy eva sell sam 1 @ 80.0
fund    main deposit 5
expect  fund main 0
expect  carryover main 15
settle  main
expect  carryover main 0
expect  balance sam 50
expect  balance eva 200
expect  balance bob 71
expect  balance dan 74
expect  balance carl 40
