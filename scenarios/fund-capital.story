# The venue's own money pays after the fund and before the winners. (R10)
# Gap 20: fund 5, capital 8, bob 7. What is left of neither is 0.
include haircut-world.story
pool    main money fund | capital | deleveraged price zero | haircut | carryover
fund    main deposit 5
fund    main capital-deposit 8
expect  capital 8
mark    BTC-PERP 80.0
expect  fund paid 5
expect  capital paid 8
expect  deleveraged bob 7
expect  fund main 0
expect  capital 0
expect  balance bob 73
expect  equity dan 80
