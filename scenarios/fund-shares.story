# Who has shares of the fund bears its losses and has its gains, in proportion. (R14)
# The venue puts in 30 and carol stakes 10: she has a quarter of the shares. The gap of 20 leaves 20 in the fund: her quarter
# is worth 5. She asks for it; a day later she is paid. A deposit of the venue buys the venue shares, so it is not hers: it
# raises her quarter's value by nothing. What she does not get is the venue's.
include haircut-world.story
pool    main unbonding 24h money fund | deleveraged price zero | haircut | carryover
deposit carol 10 USDC
fund    main deposit 30
stake   carol 10
expect  balance carol 0
expect  shares carol 10000000
expect  stake-value carol 10
expect  fund main 40
mark    BTC-PERP 80.0
expect  fund paid 20
expect  stake-value carol 5
unstake carol 10000000
fund    main deposit 20
expect  fund main 40
expect  stake-value carol 5
unstake carol 10000000 refused unbonding
at +24h
unstake carol 10000000
expect  shares carol 0
expect  fund main 35
expect  balance carol 5
