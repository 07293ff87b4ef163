# Attack: staking after the loss, to share in what repays it; and leaving before the loss is paid. (R14, R17)
# The fund has 5, of which carol staked all. Alice's gap of 20 takes the 5 and leaves 15 carried over. Dora would buy the whole
# fund for a coin and own what the venue pays in to repay the loss: nobody joins while a loss is open. Nor does carol leave.
# When 20 come in, 15 repay the loss; 5 are left in the fund, which belongs to all who have shares: to carol.
include haircut-world.story
deposit carol 5 USDC
stake   carol 5
mark    BTC-PERP 80.0
expect  fund paid 5
expect  carryover main 15
expect  fund main 0
expect  stake-value carol 0
deposit dora 100 USDC
stake   dora 1 refused loss_open
unstake carol 5000000
unstake carol 5000000 refused loss_open
fund    main deposit 20
expect  carryover main 0
expect  fund main 5
expect  stake-value carol 5
# She asked when her shares were worth nothing: that is what she would be paid. A new request is worth more, once this is paid.
unstake carol 5000000
expect  balance carol 0
expect  fund main 5
# Nobody has a share now: the 5 are the venue's, and dora buys at their value.
stake   dora 5
expect  shares dora 5000000
expect  stake-value dora 5
