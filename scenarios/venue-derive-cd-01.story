# A loss as large as all the money there is: claims of 20,000 on 10,000, and every withdrawal pays half. (R18, R17)
# Case: derive-cd-01-loss-equals-supply
# Source: derivexyz/v2-core, test/assets/cashAsset/unit-tests/WithdrawFee.t.sol, testCanTriggerInsolvencyOnce
# Loser's 1,000 and holder's 9,000 are the reserve. Loser owes holder 11,000: 10,000 are missing, so that holder's 20,000
# are claims on 10,000. Of 2,000 that leave, 1,000 are paid, and 1,000 are what the loss falls by. The rate stays: 18,000 on
# 9,000.
asset   USD decimals 6
pool    main asset USD withdrawals rate
  quantity  adl
  money     fund | carryover
market  OPT pool main tick 1 lot 1 brackets 0:0:0
deposit loser 1000 USD
deposit holder 9000 USD
mark    OPT 20000
trade   OPT buy loser sell holder 1 @ 20000
mark    OPT 9000
expect  gap 10000
expect  carryover main 10000
expect  balance holder 20000
withdraw holder 2000 USD
expect  carryover main 9000
expect  claim holder 1000
expect  balance holder 18000
withdraw holder 18000 USD
expect  claim holder 10000
expect  carryover main 0
expect  balance holder 0
