# One event may take only so much from the fund, however full it is. (R14)
# Gap 20, fund 50, cap 6: the fund pays 6, bob 14.
include haircut-world.story
pool    main event-cap 6 money fund | deleveraged price zero | haircut | carryover
fund    main deposit 50
mark    BTC-PERP 80.0
expect  gap 20
expect  fund paid 6
expect  deleveraged bob 14
expect  fund main 44
expect  balance bob 66
expect  equity dan 80
expect  equity eva 200
