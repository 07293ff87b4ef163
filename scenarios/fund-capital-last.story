# The order is the pool's choice: here winners pay first, capital next and the fund only for the rest. (R10)
# Bob's profit of 30 covers the gap of 20: capital and fund keep their money.
include haircut-world.story
pool    main money deleveraged price zero | capital | fund | carryover
fund    main deposit 5
fund    main capital-deposit 8
mark    BTC-PERP 80.0
expect  deleveraged bob 20
expect  fund paid 0
expect  capital paid 0
expect  fund main 5
expect  capital 8
expect  balance bob 60
expect  equity dan 80
