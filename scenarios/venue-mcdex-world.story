# The rules of the stories venue-mcdex-...: MCDEX v2's test cases (mcdexio/mai-protocol-v2, test/test_margin_account.js and
# test_perpetual.js). A liquidator takes the position over at the mark; 0.5% of its value is his, 0.5% the fund's, whatever the
# account has. What it lacks then the fund pays, the penalty of just now included; the rest falls to the other side by size.
asset   USDC decimals 3
pool    main asset USDC quantity backstop | adl money fund | haircut base size side opposing cap equity | carryover
  penalty 0.005 penalty-desk 0.005 penalty-first on full-close-under 1000000
market  BTC-PERP pool main tick 1 lot 0.001 brackets 0:0.1:0.05
account u1 pool main
account u2 pool main
account u3 pool main
desk    u2 share 1 market-max 1000000
mark    BTC-PERP 7000
