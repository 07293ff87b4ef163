# Claims of 2,000, half of them the fund's, on 1,800: the fund gives up 200, and nobody else loses anything. (R14, R18)
# Case: derive-cd-04-fund-bails-out
# Source: derivexyz/v2-core, test/security-module/integration-tests/SecurityModule-CashAsset.t.sol, testPaySMFeeForInsolvency
# In Derive the fund is a holder of claims. Pool before has it so: safety and user hold 1,000 each of 2,000, and loser's 200
# are missing: the rate is 1,800 / 2,000, a withdrawal of 100 pays 90. In pool after the 1,000 are a fund: it pays the 200,
# has 800 left, and user's 1,000 are paid in full.
asset   USD decimals 6
pool    before asset USD withdrawals rate quantity adl money carryover
pool    after asset USD withdrawals rate quantity adl money fund | carryover
market  A pool before tick 1 lot 1 brackets 0:0:0
market  B pool after tick 1 lot 1 brackets 0:0:0
account loser pool before
account user pool before
account safety pool before
account loser2 pool after
account user2 pool after
deposit user 800 USD
deposit safety 1000 USD
deposit user2 800 USD
fund    after deposit 1000
mark    A 300 B 300
trade   A buy loser sell user 1 @ 300 | B buy loser2 sell user2 1 @ 300
mark    A 100 B 100
expect  carryover before 200
expect  balance user 1000
withdraw safety 100 USD
expect  claim safety 10
expect  carryover before 190
expect  gap after 200
expect  fund paid after 200
expect  fund after 800
expect  carryover after 0
expect  balance user2 1000
withdraw user2 1000 USD
expect  claim user2 0
