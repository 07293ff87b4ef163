# The same for shorts: a rising price, a bankrupt short, a long that is deleveraged. (R13, R10)
# Al is short 1.5 from 100 with 10: at 120 he is 20 short. Bob's long (20% x 180/80 = 0.45) stands before dan's (20% x 120/80 =
# 0.30). The fund pays 5, bob 15 of his 30; his effective price is 120 - 10 = 110.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 5
deposit al 10 USDC
deposit bob 50 USDC
deposit cora 60 USDC
deposit dan 60 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy bob sell al 1.5 @ 100.0
trade   BTC-PERP buy dan sell cora 1 @ 100.0
mark    BTC-PERP 120.0
expect  gap 20
expect  closed al BTC-PERP 1.5
expect  taken bob BTC-PERP via profit 1.5
expect  fund paid 5
expect  deleveraged bob 15
expect  balance bob 65
expect  balance al 0
expect  size dan BTC-PERP 1
expect  equity dan 80
expect  size cora BTC-PERP -1
expect  equity cora 40
