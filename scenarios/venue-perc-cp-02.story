# A claim is repaid as money comes in, and never beyond its face. (R17)
# Case: perc-cp-02-topups
# Source: dcccrypto/percolator, tests/v16_spec_tests.rs, v16_resolved_payout_topup_finishes_receipt_without_overpaying
# U won 10 and had all of it cut: a claim of 10. Every inflow of the fund repays claims. The first 2 leave 8; then, as in
# the case, 4 make 6 paid, 4 more make 10, and of the next 4, which are ours, nothing is for U: they stay in the fund.
asset   USD decimals 0
pool    main asset USD refund-share 1 refund-above 0
  quantity  adl
  money     haircut base positive-upnl | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0:0
account u pool main
account loser pool main
mark    PERP 20
trade   PERP buy loser sell u 1 @ 20
mark    PERP 10
expect  gap 10
expect  haircut u 10
expect  claim u 10
expect  balance u 0
fund    main deposit 2
expect  balance u 2
expect  claim u 8
fund    main deposit 4
expect  balance u 6
expect  claim u 4
fund    main deposit 4
expect  balance u 10
expect  claim u 0
expect  claims 0
expect  fund main 0
fund    main deposit 4
expect  balance u 10
expect  fund main 4
