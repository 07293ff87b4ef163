# Equal scores: with tie id the account of the lower id stands first; by the mix of sequence and id it may be another. (R13)
# Four shorts of 1 from 100, all with 50. Vera, will, xena, each long 1, go under one after the other: each lacks 1, which
# the fund pays.
# Anna (id 1) is the first, then beth, as she has nothing left. The third crash, command 28, runs under tie mix: of cleo and
# dora, ids 3 and 4, mix(28, 3) is above mix(28, 4), so dora is closed although her id is higher.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl allocate queue tie id
  money     fund | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 30
deposit anna 50 USDC
deposit beth 50 USDC
deposit cleo 50 USDC
deposit dora 50 USDC
deposit vera 9 USDC
deposit will 19 USDC
deposit xena 29 USDC
deposit lena 40 USDC
deposit lena 10 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy vera sell anna 1 @ 100.0 | BTC-PERP buy will sell beth 1 @ 100.0
  | BTC-PERP buy xena sell cleo 1 @ 100.0 | BTC-PERP buy lena sell dora 1 @ 100.0
mark    BTC-PERP 90.0
expect  taken anna BTC-PERP via profit 1
expect  size dora BTC-PERP -1
mark    BTC-PERP 80.0
expect  taken beth BTC-PERP via profit 1
expect  size cleo BTC-PERP -1
pool    main quantity adl score pnl allocate queue tie mix
mark    BTC-PERP 70.0
expect  taken dora BTC-PERP via profit 1
expect  size cleo BTC-PERP -1
expect  balance dora 80
expect  fund main 27
