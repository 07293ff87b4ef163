# Money of the venue: in, between shared part and buckets, from fees, and out; never more than is there. (R2, R14)
# 10 in; 4 to the bucket, 1 back; fees of 0.15 of which 0.05 join the fund and 0.10 are taken out; then 2 leave.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 20 USDC
deposit bob 20 USDC
fund    main deposit 10
fund    main to-market 4 market BTC-PERP
fund    main to-market 6.000001 market BTC-PERP refused insufficient
fund    main from-market 1 market BTC-PERP
expect  fund BTC-PERP 3
expect  shared-fund 7
expect  fund main 10
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0 fee 0.10 0.05
expect  fees 0.15
fund    main fees-to-fund 0.05
expect  shared-fund 7.05
expect  fees 0.1
fund    main fees-withdraw 0.10
fund    main fees-withdraw 0.01 refused insufficient
fund    main withdraw 2
fund    main withdraw 5.06 refused insufficient
expect  fund main 8.05
expect  fund BTC-PERP 3
expect  fees 0
expect  balance alice 19.9
expect  balance bob 19.95
