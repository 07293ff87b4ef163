# Derive's own figures under its venue file: a loss as large as all money there halves every withdrawal; a fund of 1000 that
# comes to a hole of 200 keeps 800 and makes claims whole. (R18, R17)
# Source: derivexyz/v2-core at 7736900, WithdrawFee.t.sol (testCanTriggerInsolvencyOnce: rate 0.5) and
# SecurityModule-CashAsset.t.sol (testPaySMFeeForInsolvency: 1000 of the fund become 800), as conformance cases derive-cd-01
# and derive-cd-04.
# 10000 are there: 5000 of alice, 5000 of bob. Alice loses 15000 to bob, who then claims 20000: rate 10000 / 20000.
# Nobody bids: alice's lot is closed against bob at mark. He takes 1000 and is paid 500, as often as he likes. When he has
# asked for 19600, 200 of the hole are left with 200 of money; then the fund gets 1000, and he is paid all that is left.
include ../venues/derive.story
market  BTC-PERP pool main tick 1 lot 1 brackets 0:0.05:0.025
deposit alice 5000 USDC
deposit bob 5000 USDC
mark    BTC-PERP 50000
trade   BTC-PERP buy alice sell bob 1 @ 50000
mark    BTC-PERP 35000
expect  gap 10000
expect  fund paid 0
expect  carryover paid 10000
expect  balance bob 20000
expect  haircut bob 0
withdraw bob 1000 USDC
expect  carryover main 9500
expect  claim bob 500
withdraw bob 18600 USDC
expect  balance bob 400
expect  carryover main 200
expect  claim bob 9800
fund    main deposit 1000
expect  carryover main 0
expect  fund main 800
withdraw bob 400 USDC
expect  claim bob 9800
expect  balance bob 0
