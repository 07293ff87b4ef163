# Who asks for his shares is paid their value when he asked, or their value now if that is less; what they gained since stays
# with those who stay. (R14)
# Carol and dora stake 10 each in an empty fund: 10,000,000 shares each. Carol asks for hers: worth 10. Then the venue moves 10
# of fees into the fund, which mints no shares: 30 for 20,000,000 shares, 15 for each half. Carol gets 10, dora's half is
# then all of it: 20. The venue has no share and cannot take any of it out.
asset   USDC decimals 6
pool    main asset USDC unbonding 24h
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit carol 10 USDC
deposit dora 10 USDC
deposit alice 50 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
stake   carol 10
stake   dora 10
expect  shares dora 10000000
unstake carol 10000000
trade   BTC-PERP buy alice sell bob 1 @ 100.0 fee 5 5
fund    main fees-to-fund 10
expect  fund main 30
expect  stake-value carol 15
fund    main withdraw 1 refused insufficient
at +24h
unstake carol 10000000
expect  balance carol 10
expect  fund main 20
expect  stake-value dora 20
unstake dora 10000001 refused insufficient
unstake dora 4000000
unstake dora 3000000 refused unbonding
at +24h
unstake dora 4000000
expect  balance dora 8
expect  shares dora 6000000
expect  stake-value dora 12
stake   carol 6
expect  shares carol 3000000
