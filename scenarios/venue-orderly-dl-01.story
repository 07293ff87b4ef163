# Funding that is still pending belongs to what a position has cost when ADL closes it at mark. (R13, R4)
# Case: orderly-dl-01-adl-transfer
# Source: OrderlyNetwork/contract-evm, test/functionTest/AdlV2.t.sol, test_adl_V2
# In the case an operator hands a position of 0.1 over at a cost of 1.070650. Alice's has cost 1.340402, and 0.052647 of
# funding is pending: she ends with -0.322399. Bob, who stands for the insurance account, sold 0.1 for 1.057610 after that
# funding: -0.013040. Constructed: alice buys at 13.40402 from zoe; funding of 4% at 13.16175 is 0.52647 per unit; zoe buys
# her lots back from bob at 10.5761. At 10.7065 alice has 0.4 - 0.322399 = 0.077601 against 8% of 1.07065, and all of it is
# closed.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000
  quantity  adl score visit-order allocate queue
  money     fund | deleveraged price mark | carryover
market  PERP pool main tick 0.00001 lot 0.1 funded brackets 0:0.1:0.08
deposit alice 0.4 USDC
deposit zoe 10 USDC
deposit bob 10 USDC
mark    PERP 13.40402
trade   PERP buy alice sell zoe 0.1 @ 13.40402
mark    PERP 13.16175
funding PERP 0.04
expect  cost alice PERP 1.393049
trade   PERP buy zoe sell bob 0.1 @ 10.5761
expect  cost bob PERP -1.05761
mark    PERP 10.7065
expect  liquidated 1
expect  bankrupt 0
expect  taken bob PERP via other 0.1
expect  balance alice 0.077601
expect  balance bob 9.98696
expect  gap 0
expect  deleveraged bob 0
expect  positions 0
